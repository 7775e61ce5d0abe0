/** The code on a seat's card comes behind the # of the address, which no server is sent: it is written into the field. */

const field = document.getElementById('reentry_code');
const code = location.hash.slice(1).replace(/[^a-z0-9]/gi, '');
if (field && code && !field.value) {
  field.value = code.length === 10 ? `${code.slice(0, 5)}-${code.slice(5)}` : code;
  // Whoever gets the phone next does not find it in the address.
  history.replaceState(null, '', location.pathname + location.search);
}
