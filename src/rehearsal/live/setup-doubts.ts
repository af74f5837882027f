/**
 * What a setup should not have in it although nobody knows that the service minds.
 */
import type { ViolationRule } from './live-event.ts';
import { isLanguageHint } from './live-languages.ts';
import { schemaDoubts } from './schema-doubts.ts';
import type { Setup } from './setup-kinds.ts';

export interface SetupDoubt {
  readonly rule: ViolationRule;
  readonly detail: string;
}

export function doubtsOf({
  inputAudioTranscription = {},
  outputAudioTranscription = {},
  tools = [],
}: Setup): SetupDoubt[] {
  const doubts: SetupDoubt[] = [];
  for (const field of ['languageHints', 'languageAuto', 'adaptationPhrases'] as const) {
    const used = inputAudioTranscription[field] !== undefined || outputAudioTranscription[field] !== undefined;
    if (used) doubts.push({ rule: 'deprecated-field', detail: field });
  }
  for (const { languageCodes = [] } of [inputAudioTranscription, outputAudioTranscription]) {
    const unknown = languageCodes.filter((code) => !isLanguageHint(code));
    doubts.push(...unknown.map((detail) => ({ rule: 'unknown-language-hint' as const, detail })));
  }
  for (const { name = '', parameters } of tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations)) {
    const found = parameters === undefined ? [] : schemaDoubts(parameters, name);
    doubts.push(...found.map((detail) => ({ rule: 'doubtful-schema' as const, detail })));
  }
  return doubts;
}
