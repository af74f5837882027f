/**
 * The setup that is wanted, against the one that is in force: settings change at any time, a connection's setup never.
 */

import type { ModelProfile } from '../catalogue/models.ts';
import type { Problem } from '../errors.ts';
import type { TranscriptTurn } from '../types/live.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { ToolDeclaration } from '../types/tools.ts';
import type { LiveSessionOptions } from './live-session.ts';
import { seedsByHistory, setupFrame } from './setup.ts';
import type { Transcript } from './transcript.ts';

export interface WantedSetup {
  /** `asItIs`: nothing of the setup changes and nothing else is waited for, so that it is in force already; it is not told again. */
  change(settings: RoomSettings, revision: number, tools?: readonly ToolDeclaration[]): { readonly asItIs: boolean };
  /** The frame for a connection that is dialled now. */
  dial(handle: string | null, transcript: Pick<Transcript, 'tail' | 'missed'>): string;
  /** Of the connection that was dialled last: whether it continues a session, and whether history must follow. */
  readonly resumes: boolean;
  readonly seeds: boolean;
  /** As it was declared on that connection; null: it was not. */
  declared(name: string): ToolDeclaration | null;
  /** Whether that connection has the setup that is wanted now. */
  readonly inForce: boolean;
  /** The revision that is in force and was not told yet; null: there is none. */
  takeRevision(): number | null;
  /** The connection that was dialled last works. */
  worked(): void;
  /** Whether it was dialled with another setup than the last that worked. */
  readonly changed: boolean;
  /** What was changed is not taken: back to the setup that worked last. Whether it was really that shows when this one works. */
  revert(problem: Problem): void;
  /** It was not that: what was changed is wanted again. */
  restore(): void;
  /** What was refused for good and was not told yet, or null. */
  takeRefusal(): Refusal | null;
}

export interface Refusal {
  /** Of the settings that were refused. */
  readonly revision: number;
  readonly problem: Problem;
}

interface Wanted {
  readonly settings: RoomSettings;
  readonly tools: readonly ToolDeclaration[];
}

interface Refused extends Refusal, Wanted {
  /** The connection that was dialled instead works. */
  readonly confirmed: boolean;
}

interface Dialled extends Wanted {
  readonly fingerprint: string;
  readonly resumes: boolean;
  readonly seeds: boolean;
}

type SetupSource = Pick<
  LiveSessionOptions,
  | 'settings'
  | 'revision'
  | 'selfName'
  | 'place'
  | 'instruction'
  | 'channelPeople'
  | 'tools'
  | 'tuning'
  | 'detection'
  | 'modality'
>;

export function createWantedSetup(source: SetupSource, profile: ModelProfile): WantedSetup {
  const { selfName, place, instruction, channelPeople, tuning, detection, modality } = source;
  const { settings, tools = [] } = source;
  let wanted: Wanted = { settings, tools };
  /** Of what is wanted. */
  let latest = source.revision ?? 0;
  let revision: number | null = source.revision ?? null;
  let dialled: Dialled | null = null;
  let working: Dialled | null = null;
  let refused: Refused | null = null;

  const text = (handle: string | null, seed: readonly TranscriptTurn[], missed: string | null = null): string =>
    JSON.stringify(
      setupFrame({
        profile,
        ...wanted,
        selfName,
        place,
        handle,
        seed,
        missed,
        ...(instruction && { instruction }),
        ...(channelPeople !== undefined && { channelPeople }),
        tuning,
        detection,
        modality,
      }),
    );
  /** All of a setup that a guild can change; not the pause, say, which is the room's own. */
  const fingerprint = (): string => text(null, []);
  const isInForce = (): boolean => dialled?.fingerprint === fingerprint();
  const isChanged = (): boolean => working !== null && dialled?.fingerprint !== working.fingerprint;

  return {
    change(changed, its, declared = wanted.tools) {
      const before = fingerprint();
      wanted = { settings: changed, tools: declared };
      latest = its;
      const asItIs = revision === null && dialled?.fingerprint === before && fingerprint() === before;
      if (!asItIs) revision = its;
      return { asItIs };
    },
    dial(handle, transcript) {
      const seed = transcript.tail();
      // Text beside a stream of sound would be answered: what the session has missed goes where it cannot be.
      const missed = detection === 'automatic' ? transcript.missed() : null;
      const seeds = seedsByHistory(profile, handle, seed);
      dialled = { ...wanted, fingerprint: fingerprint(), resumes: handle !== null, seeds };
      return text(handle, seed, missed);
    },
    get resumes() {
      return dialled?.resumes ?? false;
    },
    get seeds() {
      return dialled?.seeds ?? false;
    },
    declared: (name) => dialled?.tools.find((tool) => tool.name === name) ?? null,
    get inForce() {
      return isInForce();
    },
    takeRevision() {
      if (!isInForce()) return null;
      const told = revision;
      revision = null;
      return told;
    },
    worked() {
      if (refused !== null && !isChanged()) refused = { ...refused, confirmed: true };
      working = dialled;
    },
    get changed() {
      return isChanged();
    },
    revert(problem) {
      if (working === null) return;
      refused = { ...wanted, revision: latest, problem, confirmed: false };
      wanted = { settings: working.settings, tools: working.tools };
      revision = null;
    },
    restore() {
      if (refused === null || refused.confirmed) return;
      // Unless something else was set meanwhile: that is wanted now.
      if (wanted.settings === working?.settings) {
        wanted = { settings: refused.settings, tools: refused.tools };
        revision = refused.revision;
      }
      refused = null;
    },
    takeRefusal() {
      if (refused === null || !refused.confirmed) return null;
      const { revision: its, problem } = refused;
      refused = null;
      return { revision: its, problem };
    },
  };
}
