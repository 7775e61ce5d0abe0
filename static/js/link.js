/** The page behind a link: its form is sent at once. A page that the browser only makes ready waits until it is looked at. */

const enter = () => document.getElementById('enter').submit();
if (document.prerendering) document.addEventListener('prerenderingchange', enter, { once: true });
else enter();
