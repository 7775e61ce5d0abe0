/**
 * The receipt: which chosen ideas my vote helped to buy (docs/rules.md section 5). Computed on the phone from the published
 * shortlist and the choices only the phone still has, so that the server never needs to know. The twin of
 * `workshop/rules/receipt.py`; both are held to `tests/vectors/receipt_examples.json`.
 */

/** Exact fractions of whole numbers, always in lowest terms with a positive lower part. */
class Fraction {
  constructor(upper, lower = 1n) {
    const sign = lower < 0n ? -1n : 1n;
    const shared = common(upper < 0n ? -upper : upper, lower * sign) || 1n;
    this.upper = (upper * sign) / shared;
    this.lower = (lower * sign) / shared;
  }

  /** @param {string|number} text "a/b", or a whole number */
  static of(text) {
    const [upper, lower = '1'] = String(text).split('/');
    return new Fraction(BigInt(upper), BigInt(lower));
  }

  plus(other) {
    return new Fraction(this.upper * other.lower + other.upper * this.lower, this.lower * other.lower);
  }

  minus(other) {
    return this.plus(new Fraction(-other.upper, other.lower));
  }

  atMost(other) {
    return this.upper * other.lower <= other.upper * this.lower ? this : other;
  }

  toString() {
    return `${this.upper}/${this.lower}`;
  }
}

function common(a, b) {
  return b === 0n ? a : common(b, a % b);
}

/** What one person held at the start, "seats/voters"; null with weights per group, where it takes more than is published. */
export function purse({ shortlist: { weight }, turnout: { voted } }, seats) {
  return voted && new Set(Object.values(weight ?? {})).size <= 1 ? `${seats}/${voted}` : null;
}

/**
 * One line for each chosen idea I voted for, in the order they were chosen.
 *
 * In Equal Shares one pays min(what is left, price), and the first idea one votes for is always paid; in the completion
 * everybody behind the idea is brought to the same load. Without a purse, or a price up to this step, `paid` is null, and
 * `helped` is null too unless it is certain.
 *
 * @param {Record<string, number>} choices
 * @param {{option: string, phase: string, price: string|null}[]} steps of the published shortlist
 * @param {string|null} held what `purse` says
 * @returns {{option: string, phase: string, helped: boolean|null, paid: string|null}[]}
 */
export function receipt(choices, steps, held) {
  let level = held === null ? null : Fraction.of(held);
  const lines = [];
  for (const { option, phase, price } of steps) {
    if (!(Number.isInteger(choices[option]) && choices[option] > 0)) continue;
    let paid = null;
    if (level !== null && price !== null) {
      paid = phase === 'equal_shares' ? level.atMost(Fraction.of(price)) : level.plus(Fraction.of(price));
      level = level.minus(paid);
    } else {
      level = null;
    }
    const certain = lines.length === 0 ? true : null;
    const helped = paid === null ? certain : paid.upper > 0n;
    lines.push({ option, phase, helped, paid: paid && String(paid) });
  }
  return lines;
}
