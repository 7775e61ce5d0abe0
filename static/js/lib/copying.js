/** Copying to the clipboard, which exists only over HTTPS; elsewhere the old way, which works on a hall's own network. */

/** Returns whether the text was copied. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOld(text);
  }
}

function copyOld(text) {
  const area = Object.assign(document.createElement('textarea'), { value: text, readOnly: true, className: 'vh' });
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
