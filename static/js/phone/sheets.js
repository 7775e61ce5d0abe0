/** The style sheet of results is fetched with the first result. */

const loaded = new Set();

/** Load `static/css/NAME.css` once. */
export function wear(name) {
  if (loaded.has(name)) return;
  loaded.add(name);
  const link = Object.assign(document.createElement('link'), {
    rel: 'stylesheet',
    href: new URL(`../../css/${name}.css`, import.meta.url).href,
  });
  document.head.append(link);
}
