/**
 * Numbers as they are said, so that what is transcribed is what is heard.
 */

const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;

/** A number in English words, rounded to one decimal: "minus two point eight", "one hundred and five". */
export function inWords(value: number): string {
  const tenths = Math.round(Math.abs(value) * 10);
  const sign = value < 0 && tenths > 0 ? 'minus ' : '';
  const rest = tenths % 10;
  const whole = wholeInWords((tenths - rest) / 10);
  return rest === 0 ? `${sign}${whole}` : `${sign}${whole} point ${SMALL[rest]}`;
}

function wholeInWords(value: number): string {
  const [small, tens] = [SMALL[value], TENS[Math.floor(value / 10)]];
  if (small !== undefined) return small;
  if (tens !== undefined) return value % 10 === 0 ? tens : `${tens} ${SMALL[value % 10]}`;
  const [unit, name] = value < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  const head = `${wholeInWords(Math.floor(value / unit))} ${name}`;
  const rest = value % unit;
  if (rest === 0) return head;
  return rest < 100 ? `${head} and ${wholeInWords(rest)}` : `${head} ${wholeInWords(rest)}`;
}
