/**
 * `<live-picture>`: a page of ours as it is now, small. It is there to be looked at: nothing in it can be pressed or reached
 * by key, and what it shows is said in words beside it.
 *
 * The page is opened only while the picture is in sight, and let go a little after it is not: folded away, scrolled past,
 * or in a console that lies behind another window.
 */

import { html } from '../../vendor/lit-html/lit-html.js';

/** A picture that is out of sight for less than this, ms, stays open: turning to another tab and back costs nothing. */
const LET_GO_AFTER = 5000;

class LivePicture extends HTMLElement {
  static observedAttributes = ['src'];
  #frame = null;
  #inSight = false;
  #going = null;
  #eye = new IntersectionObserver((entries) => this.#see(entries.at(-1).isIntersecting));
  #ruler = new ResizeObserver(() => this.#fit());
  #shown = () => this.#decide();

  connectedCallback() {
    this.#eye.observe(this);
    this.#ruler.observe(this);
    document.addEventListener('visibilitychange', this.#shown);
  }

  attributeChangedCallback() {
    if (!this.#frame) return;
    this.#close();
    this.#open();
  }

  disconnectedCallback() {
    this.#eye.disconnect();
    this.#ruler.disconnect();
    document.removeEventListener('visibilitychange', this.#shown);
    clearTimeout(this.#going);
    this.#close();
  }

  /** The size of the screen that is pictured, in its own pixels: "1280x720". */
  get #screen() {
    return this.getAttribute('screen').split('x').map(Number);
  }

  #see(inSight) {
    this.#inSight = inSight;
    this.#decide();
  }

  #decide() {
    clearTimeout(this.#going);
    if (this.#inSight && document.visibilityState === 'visible') this.#open();
    else if (this.#frame) this.#going = setTimeout(() => this.#close(), LET_GO_AFTER);
  }

  #open() {
    if (this.#frame) return;
    const [width, height] = this.#screen;
    const frame = Object.assign(document.createElement('iframe'), {
      src: this.getAttribute('src'),
      title: this.getAttribute('name'),
      tabIndex: -1,
    });
    frame.setAttribute('inert', '');
    Object.assign(frame.style, { width: `${width}px`, height: `${height}px` });
    this.append(frame);
    this.#frame = frame;
    this.#fit();
  }

  #close() {
    this.#frame?.remove();
    this.#frame = null;
  }

  #fit() {
    if (this.#frame) this.#frame.style.transform = `scale(${this.clientWidth / this.#screen[0]})`;
  }
}

customElements.define('live-picture', LivePicture);

/** Draws the page at an address as it is now, on a screen of `screen` pixels ("1280x720"). */
export function livePicture(address, screen, name) {
  // The address last: with another one the page is opened anew, on the screen and under the name that are there by then.
  return html`<live-picture screen=${screen} name=${name} src=${address}></live-picture>`;
}
