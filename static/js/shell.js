/**
 * Stands inside a live page and runs before any other file: says what happens while the page's files are missing, in both
 * languages, and tries again until the page is drawn. Written for old browsers too, and without an import: it must run when
 * nothing else does (templates/shell.html, workshop/web/assets/shell.py).
 */
(function () {
  'use strict';
  /** Waits before the next attempt, s; each is twice the one before. */
  var FIRST_WAIT = 1;
  var LONGEST_WAIT = 15;
  /** A page that is not drawn after this long, ms, is said to be slow. */
  var SLOW_AFTER = 8000;
  /** So many times everything was there and the page still not drawn: the browser is the reason. */
  var HOPELESS = 3;
  var KEY = 'rundbord:loading';
  /** Style sheets come in layers, which browsers know since Chrome 99, Safari 15.4 and Firefox 97. */
  var TOO_OLD = !('CSSLayerBlockRule' in window);
  var ASKED = /^\/(static|catalogue)\//;

  var shell = document.getElementById('shell');
  var again = shell.querySelectorAll('[data-again]');
  var reloads =
    Number(
      stored(function (store) {
        return store.getItem(KEY);
      }),
    ) || 0;
  var attempts = reloads;
  var missing = false;
  var asking = false;
  var timer = null;

  function stored(use) {
    try {
      return use(window.sessionStorage);
    } catch (refused) {
      return null;
    }
  }

  /** Whether the page is drawn and wears its style sheets. */
  function isThere() {
    if (TOO_OLD || missing || !document.querySelector('body > main')) return false;
    return [].every.call(document.querySelectorAll('link[rel=stylesheet]'), function (link) {
      return link.sheet;
    });
  }

  function look() {
    if (!isThere()) return;
    watcher.disconnect();
    clearTimeout(slow);
    clearTimeout(timer);
    removeEventListener('error', failed, true);
    removeEventListener('unhandledrejection', failed);
    removeEventListener('load', look, true);
    stored(function (store) {
      store.removeItem(KEY);
    });
    shell.parentNode.removeChild(shell);
  }

  function say(state) {
    shell.hidden = false;
    shell.className = state;
  }

  /** A file or a script has failed. What is only fetched ahead, and pictures, are none of those the page needs. */
  function failed(event) {
    var from = event.target;
    if (from && from.tagName && from.tagName !== 'SCRIPT' && from.rel !== 'stylesheet') return;
    missing = true;
    if (timer === null && !asking) wait();
  }

  function wait() {
    var left = Math.min(LONGEST_WAIT, FIRST_WAIT * Math.pow(2, attempts));
    attempts += 1;
    say(TOO_OLD || reloads >= HOPELESS ? 'old' : 'failed');
    (function tick() {
      for (var i = 0; i < again.length; i += 1)
        again[i].textContent = again[i].getAttribute('data-again').replace('{n}', left);
      timer = setTimeout(left > 0 ? tick : ask, left > 0 ? 1000 : 0);
      left -= 1;
    })();
  }

  /** Asks for every file, and for the page itself: a page that is loaded anew while the network is gone is lost. */
  function ask() {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    Promise.all(addresses().map(fetched))
      .then(function () {
        return answer(location.href.split('#')[0], 'no-store');
      })
      .then(function (found) {
        return found.text();
      })
      .then(function (text) {
        if (text.indexOf('id="page"') < 0) throw new Error('another page');
        stored(function (store) {
          store.setItem(KEY, String(reloads + 1));
        });
        location.reload();
      })
      .then(null, function () {
        asking = false;
        wait();
      });
  }

  /** What the page names, and what its scripts have asked for. */
  function addresses() {
    var found = {};
    var note = function (address) {
      var place = address && new URL(address, location.href);
      if (place && place.origin === location.origin && ASKED.test(place.pathname)) found[place.href] = true;
    };
    [].forEach.call(document.querySelectorAll('link[href], script[src]'), function (one) {
      note(one.href || one.src);
    });
    performance.getEntriesByType('resource').forEach(function (one) {
      note(one.name);
    });
    return Object.keys(found);
  }

  /** A file as the browser has it; where that is none of ours, anew from the server. */
  function fetched(address) {
    return answer(address, 'default').then(null, function () {
      return answer(address, 'reload');
    });
  }

  /** Another's page in the place of a file is how a network that wants a login answers. */
  function answer(address, cache) {
    return fetch(address, { cache: cache, credentials: 'same-origin' }).then(function (found) {
      var isPage = /text\/html/.test(found.headers.get('Content-Type') || '');
      if (!found.ok || isPage !== (cache === 'no-store')) throw new Error(address);
      return cache === 'no-store' ? found : found.arrayBuffer();
    });
  }

  if (TOO_OLD) say('old');
  var watcher = new MutationObserver(look);
  var slow = setTimeout(function () {
    if (shell.hidden) say('slow');
  }, SLOW_AFTER);
  watcher.observe(document.body, { childList: true });
  addEventListener('error', failed, true);
  addEventListener('unhandledrejection', failed);
  addEventListener('load', look, true);
  shell.addEventListener('click', function (event) {
    if (event.target.tagName === 'BUTTON') ask();
  });
})();
