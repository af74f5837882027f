/**
 * The setup that is wanted, against the one that is in force: settings change at any time, a connection's setup never.
 */
import type { TranscriptTurn } from '../types/live.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { LiveSessionOptions } from './live-session.ts';
import type { ModelProfile } from './models.ts';
import { seedsByHistory, setupFrame } from './setup.ts';

export interface WantedSetup {
  change(settings: RoomSettings, revision: number): void;
  /** The frame for a connection that is dialled now. */
  dial(handle: string | null, seed: readonly TranscriptTurn[]): string;
  /** Of the connection that was dialled last: whether it continues a session, and whether history must follow. */
  readonly resumes: boolean;
  readonly seeds: boolean;
  /** Whether that connection has the setup that is wanted now. */
  readonly inForce: boolean;
  /** The revision that is in force and was not told yet; null: there is none. */
  takeRevision(): number | null;
}

type SetupSource = Pick<LiveSessionOptions, 'settings' | 'selfName' | 'channelPeople' | 'tools' | 'tuning'>;

export function createWantedSetup(source: SetupSource, profile: ModelProfile): WantedSetup {
  const { selfName, channelPeople, tools, tuning } = source;
  let { settings } = source;
  let revision: number | null = null;
  let dialled: { readonly fingerprint: string; readonly resumes: boolean; readonly seeds: boolean } | null = null;

  const text = (handle: string | null, seed: readonly TranscriptTurn[]): string =>
    JSON.stringify(
      setupFrame({
        profile,
        settings,
        selfName,
        handle,
        seed,
        ...(channelPeople !== undefined && { channelPeople }),
        ...(tools && { tools }),
        ...(tuning && { tuning }),
      }),
    );
  /** All of a setup that a guild can change; not the pause, say, which is the room's own. */
  const fingerprint = (): string => text(null, []);
  const isInForce = (): boolean => dialled?.fingerprint === fingerprint();

  return {
    change(wanted, its) {
      settings = wanted;
      revision = its;
    },
    dial(handle, seed) {
      const seeds = seedsByHistory(profile, handle, seed);
      dialled = { fingerprint: fingerprint(), resumes: handle !== null, seeds };
      return text(handle, seed);
    },
    get resumes() {
      return dialled?.resumes ?? false;
    },
    get seeds() {
      return dialled?.seeds ?? false;
    },
    get inForce() {
      return isInForce();
    },
    takeRevision() {
      if (!isInForce()) return null;
      const told = revision;
      revision = null;
      return told;
    },
  };
}
