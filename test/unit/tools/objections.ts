/**
 * The strict Live service as the judge of declarations.
 */
import { MODEL_PROFILES, profileOf } from '../../../src/catalogue/models.ts';
import { setupFrame } from '../../../src/live/setup.ts';
import { isRejection, readClientMessage } from '../../../src/rehearsal/live/client-message.ts';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { checkSetup } from '../../../src/rehearsal/live/setup-check.ts';
import { doubtsOf } from '../../../src/rehearsal/live/setup-doubts.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import type { ToolDeclaration } from '../../../src/types/tools.ts';

const models = [...SERVED_MODELS, HALF_CASCADE, { ...HALF_CASCADE, id: 'gemini-2.0-flash-live-001' }];

/** What the strict service has against these declarations on any of the models, doubts included; nothing, if it takes them. */
export function objections(declarations: readonly ToolDeclaration[]): unknown[] {
  const common = { settings: DEFAULT_SETTINGS, selfName: 'Parley', handle: null, seed: [], tools: declarations };
  return MODEL_PROFILES.flatMap(({ id }): unknown[] => {
    const message = readClientMessage(JSON.stringify(setupFrame({ profile: profileOf(id).profile, ...common })));
    if (isRejection(message) || message.type !== 'setup') return [message];
    const checked = checkSetup(message.setup, { models, version: 'v1beta' });
    return [...(isRejection(checked) ? [checked] : []), ...doubtsOf(message.setup)];
  });
}
