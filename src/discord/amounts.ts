/**
 * Numbers as a language writes them.
 */
import type { Locale } from '../i18n/locales.ts';

export interface Amounts {
  count(number: number): string;
  /** @param ms told in minutes; to a tenth below ten of them */
  minutes(ms: number): string;
  /** A price in US dollars; small ones to a hundredth of a cent, since a conversation costs cents. */
  dollars(usd: number): string;
  /** @param day `YYYY-MM-DD`, UTC */
  day(day: string): string;
}

const MINUTE_MS = 60_000;

export function createAmounts(locale: Locale): Amounts {
  const plain = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    count: (number) => plain.format(number),
    minutes(ms) {
      const minutes = ms / MINUTE_MS;
      const maximumFractionDigits = minutes < 10 ? 1 : 0;
      const format = { style: 'unit', unit: 'minute', unitDisplay: 'short', maximumFractionDigits } as const;
      return new Intl.NumberFormat(locale, format).format(minutes);
    },
    dollars(usd) {
      const maximumFractionDigits = usd < 1 ? 4 : 2;
      const format = { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits } as const;
      return new Intl.NumberFormat(locale, format).format(usd);
    },
    day: (iso) => day.format(new Date(`${iso}T00:00:00Z`)),
  };
}
