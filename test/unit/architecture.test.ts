import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const stages = ['voice', 'hearing', 'turn', 'live', 'playback'];
/** What a stage may use besides its own folder and packages. */
const shared = ['audio', 'catalogue', 'types', 'errors.ts'];

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(pattern: string): Import[] {
  return globSync(pattern, { cwd: root }).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target = '']) => ({ file, target }));
  });
}

/** The top folder (or file) of src that a relative import reaches, or null for a package. */
function areaOf({ file, target }: Import): string | null {
  if (!target.startsWith('.')) return null;
  return relative(join(root, 'src'), join(root, dirname(file), target)).split('/')[0] ?? null;
}

test.each(stages)('the stage %s knows no other stage and nothing of discord.js', (stage) => {
  const imports = importsOf(`src/${stage}/**/*.ts`);
  expect(imports.length).toBeGreaterThan(0);
  for (const it of imports) {
    const area = areaOf(it);
    if (area !== null) expect([stage, ...shared], `${it.file} imports ${it.target}`).toContain(area);
    expect(it.target, it.file).not.toBe('discord.js');
    if (stage !== 'voice') expect(it.target, it.file).not.toBe('@discordjs/voice');
  }
});

test('audio is pure: nothing but itself, types and codecs', () => {
  for (const it of importsOf('src/audio/**/*.ts')) {
    const area = areaOf(it);
    if (area !== null) expect(['audio', 'types', 'errors.ts'], `${it.file} imports ${it.target}`).toContain(area);
  }
});

test('the rehearsal shares no code with the bot', () => {
  const imports = importsOf('src/rehearsal/**/*.ts');
  expect(imports.length).toBeGreaterThan(0);
  for (const it of imports) {
    const area = areaOf(it);
    if (area !== null) expect(area, `${it.file} imports ${it.target}`).toBe('rehearsal');
  }
  const others = importsOf('{src,commands}/**/*.ts').filter(({ file }) => !file.startsWith('src/rehearsal/'));
  for (const it of others) expect(areaOf(it), `${it.file} imports ${it.target}`).not.toBe('rehearsal');
});

test('the catalogue knows nothing but itself: both planes read it', () => {
  const imports = importsOf('src/catalogue/**/*.ts');
  for (const it of imports) {
    const area = areaOf(it);
    if (area !== null) expect(['catalogue', 'types'], `${it.file} imports ${it.target}`).toContain(area);
  }
});

test('only the room wires stages', () => {
  const control = importsOf('{src/{discord,chat,tools,store,http,i18n},commands}/**/*.ts');
  for (const it of control) {
    const area = areaOf(it);
    if (area !== null) expect(stages, `${it.file} imports ${it.target}`).not.toContain(area);
  }
});

test('no file has grown past the size at which a concept is missing', () => {
  const files = globSync('{src,commands,test,bench}/**/*.ts', { cwd: root });
  const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301);
  expect(long).toEqual([]);
});

test('every file that ARCHITECTURE.md names exists', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const named = [...text.matchAll(/`((?:src|commands|test|bench|assets|docs)\/[\w./-]*[\w/])`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(10);
  for (const path of named) expect(existsSync(join(root, path)), path).toBe(true);
});

test('the discriminated unions of the border hold plain data only', () => {
  const text = readFileSync(join(root, 'src/room/protocol.ts'), 'utf8');
  expect(text).not.toMatch(/=>|Promise<|Map<|Set<|class /);
});
