/**
 * The way in: a QR code, black on white in both themes, four modules of quiet zone, address and code in words beside it.
 */
import { html, svg as drawing, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../lib/catalogue.js';

const QUIET = 4;

/** Rows of a matrix as one path: each run of dark modules is one rectangle. */
function pathOf(modules) {
  let d = '';
  modules.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      let run = 0;
      while (x + run < row.length && Number(row[x + run])) run += 1;
      if (run) d += `M${x + QUIET} ${y + QUIET}h${run}v1h-${run}z`;
      x += run;
    }
  });
  return d;
}

/** An SVG the server drew, as a node of our own page; only its size and its paths are taken over. */
function fromMarkup(markup) {
  const drawn = new DOMParser().parseFromString(markup, 'image/svg+xml').documentElement;
  const box =
    drawn.getAttribute('viewBox') ??
    `0 0 ${parseFloat(drawn.getAttribute('width'))} ${parseFloat(drawn.getAttribute('height'))}`;
  const paths = [...drawn.querySelectorAll('path')].map((path) => ({
    d: path.getAttribute('d'),
    transform: path.getAttribute('transform'),
    stroke: path.getAttribute('stroke'),
    fill: path.getAttribute('fill'),
  }));
  return { box, paths };
}

/**
 * The code alone. Its white ground and quiet zone belong to it.
 * @param {{modules?: (string | number[])[], svg?: string, address: string}} o `modules`: rows of 0 and 1 without quiet zone;
 *   or `svg`: a drawing that has its own quiet zone (segno, border 4); `address`: what it leads to
 */
export function qr({ modules, svg, address }) {
  const label = t('element.qr', { address });
  if (modules) {
    const side = modules.length + 2 * QUIET;
    return html`<svg
      class="qr"
      viewBox="0 0 ${side} ${side}"
      role="img"
      aria-label=${label}
      shape-rendering="crispEdges"
    >
      <rect width=${side} height=${side} fill="#fff" />
      <path fill="#000" d=${pathOf(modules)} />
    </svg>`;
  }
  const { box, paths } = fromMarkup(svg);
  const [, , wide, tall] = box.split(' ');
  return html`<svg class="qr" viewBox=${box} role="img" aria-label=${label} shape-rendering="crispEdges">
    <rect width=${wide} height=${tall} fill="#fff" />
    ${paths.map(
      (path) => drawing`<path
    d=${path.d} transform=${path.transform ?? nothing} stroke=${path.stroke ? '#000' : nothing} fill=${path.stroke ? 'none' : path.fill === '#fff' ? '#fff' : '#000'} />`,
    )}
  </svg>`;
}

/** The code on its white card, with address and code in words. @param {{modules?: (string | number[])[], svg?: string, address: string, host: string, code: string}} o */
export function qrCard(o) {
  return html`<div class="qrs">
    ${qr(o)}
    <p>${o.host}<br />${t('element.qr_code')} <span class="code">${o.code}</span></p>
  </div>`;
}
