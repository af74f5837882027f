import { expect, test } from 'vitest';
import { listTools, showTools } from '../../../src/discord/tool-list.ts';
import { TABLES } from '../../../src/i18n/locales.ts';
import { translator } from '../../../src/i18n/translate.ts';
import { createBuiltinTools } from '../../../src/tools/builtin/index.ts';

const LOCALES = Object.keys(TABLES) as (keyof typeof TABLES)[];
const own = createBuiltinTools({ now: () => 0, random: () => 0 });

test.each(LOCALES)('what Parley brings along is listed in one message, in words of the language %s', (locale) => {
  const tools = listTools(translator(locale), {}, 'gemini-3.8-live', own);
  const { text, files } = showTools(translator(locale), tools);
  expect(files).toEqual([]);
  for (const { name, description } of own) {
    expect(text).toContain(`\`${name}\``);
    const does = tools.find((tool) => tool.name === name)?.does ?? '';
    expect(description).not.toContain(does);
    expect(Object.values(TABLES[locale])).toContain(does);
  }
});
