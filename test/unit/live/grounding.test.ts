import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groundingMetadata, MOST_QUERIES, MOST_SOURCES } from '../../../src/live/grounding.ts';
import { readServerMessage } from '../../../src/live/messages.ts';

const web = (uri: unknown, title: unknown = 'a site') => ({ web: { uri, title } });
const read = (metadata: object) => groundingMetadata.parse(metadata);

test('queries and pages are read; what is wrong among them costs only itself', () => {
  const { queries, sources } = read({
    webSearchQueries: ['height of mont blanc', 7, '  ', null],
    groundingChunks: [
      web('https://a.example/x?y=1'),
      { web: 3 },
      null,
      { retrievedContext: {} },
      web('https://b.example/', 9),
    ],
    groundingSupports: 'whatever',
    searchEntryPoint: 5,
  });
  expect(queries).toEqual(['height of mont blanc']);
  expect(sources).toEqual([
    { uri: 'https://a.example/x?y=1', title: 'a site' },
    { uri: 'https://b.example/', title: '' },
  ]);
});

test('only addresses of the web are sources, and none that was cut', () => {
  const bad = [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'discord://x',
    'no address',
    `https://a.example/${'a'.repeat(3_000)}`,
  ];
  expect(read({ groundingChunks: bad.map((uri) => web(uri)) }).sources).toEqual([]);
});

test('an address is told as it is meant: nothing in it can end a link', () => {
  const [source] = read({ groundingChunks: [web('https://a.example/<b> c')] }).sources;
  expect(source?.uri).not.toMatch(/[<> ]/);
});

test('suggestions that come only as Google renders them are read from there', () => {
  const renderedContent =
    '<style>.chip{}</style><div class="carousel"><a class="chip" href="https://g.example/?a">cats &amp; dogs</a>' +
    '<a href="https://g.example/?b" class="chip">birds</a><a href="/x">no chip</a></div>';
  expect(read({ searchEntryPoint: { renderedContent } }).queries).toEqual(['cats & dogs', 'birds']);
  expect(read({ webSearchQueries: ['fish'], searchEntryPoint: { renderedContent } }).queries).toEqual(['fish']);
});

test('whatever comes, there are few of each and none is long', () => {
  const value = fc.anything({ maxDepth: 3 });
  const chunks = fc.array(
    fc.oneof(
      value,
      fc.webUrl().map((uri) => web(uri)),
    ),
    { maxLength: 60 },
  );
  const metadata = fc.record(
    {
      webSearchQueries: fc.oneof(value, fc.array(fc.string(), { maxLength: 40 })),
      groundingChunks: fc.oneof(value, chunks),
      searchEntryPoint: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(metadata, (it) => {
      const { queries, sources } = read(it);
      expect(queries.length).toBeLessThanOrEqual(MOST_QUERIES);
      expect(sources.length).toBeLessThanOrEqual(MOST_SOURCES);
      for (const query of queries) expect(query.length).toBeLessThanOrEqual(200);
      for (const { uri } of sources) expect(uri).toMatch(/^https?:/);
    }),
  );
});

test('metadata that is no object is a fault of its own, and the rest of the message is read', () => {
  const { message, faults } = readServerMessage(
    JSON.stringify({ serverContent: { groundingMetadata: 'x', turnComplete: true } }),
  );
  expect(faults).toEqual(['groundingMetadata']);
  expect(message).toMatchObject({ grounding: null, turnComplete: true });
});

test('code and what came of it are read; a part of another shape costs only itself', () => {
  const parts = [
    { executableCode: { language: 'PYTHON', code: 'print(2)' } },
    { codeExecutionResult: { outcome: 'OUTCOME_DEADLINE_EXCEEDED' } },
    { codeExecutionResult: { outcome: 'OUTCOME_NEW', output: 'x' } },
    { executableCode: { language: '```', code: 7 } },
    { executableCode: { language: 'LANGUAGE_UNSPECIFIED', code: '' }, thought: true },
  ];
  const { message, faults } = readServerMessage(JSON.stringify({ serverContent: { modelTurn: { parts } } }));
  expect(message.code).toEqual([
    { type: 'code', language: 'python', code: 'print(2)' },
    { type: 'result', outcome: 'timedOut', output: '' },
    { type: 'result', outcome: null, output: 'x' },
  ]);
  expect(faults).toEqual(['executableCode']);
});
