/**
 * All interactions under way: who may still answer, until when, and what Discord says to an answer that comes too late or twice.
 */
import { randomBytes } from 'node:crypto';
import type { DiscordHappening, DiscordViolationRule } from '../discord-event.ts';
import type { MessageBody, Messages } from '../messages.ts';
import type { UploadedFile } from '../rest/request.ts';
import type { MessageState } from '../world/guild-state.ts';
import type { World } from '../world/world.ts';
import { createAnswers } from './answers.ts';
import type { CallbackBody } from './callback-body.ts';
import type { Interaction } from './interaction.ts';

/** What a member does: everything but what is made up here. */
export type Started = Pick<Interaction, 'kind' | 'name' | 'user' | 'guild' | 'channel' | 'source' | 'focusedType'>;

export interface Interactions {
  start(started: Started, payload: (interaction: Interaction) => object): Interaction;
  byId(id: string): Interaction | undefined;
  byToken(token: string): Interaction | undefined;
  /** The first answer. Returns the message it made or changed, if it did. */
  answer(interaction: Interaction, body: CallbackBody, files: readonly UploadedFile[]): MessageState | null;
  /** Changes the message, or gives a deferred answer its words. */
  edit(interaction: Interaction, message: MessageState, body: MessageBody, files: readonly UploadedFile[]): void;
  remove(interaction: Interaction, message: MessageState): void;
  followUp(interaction: Interaction, body: MessageBody, files: readonly UploadedFile[]): MessageState;
  /** Calls back at every change of an interaction; returns what ends it. */
  watch(interaction: Interaction, watcher: () => void): () => void;
  close(): void;
}

/** Discord, "Interaction Callback": 3 s for the first answer, 15 minutes for the rest. */
const FIRST_ANSWER_MS = 3_000;
const TOKEN_MS = 15 * 60_000;
const MOST_INTERACTIONS = 1_000;

export interface Timer {
  cancel(): void;
}

export interface InteractionsOptions {
  readonly world: World;
  readonly messages: Messages;
  readonly now: () => number;
  /** For the deadlines: calls `fn` once, after `ms`. */
  readonly after: (ms: number, fn: () => void) => Timer;
  /** False when the bot has no session: nobody will answer then, and nobody is to blame. */
  readonly dispatch: (event: string, data: object) => boolean;
  readonly tell: (happening: DiscordHappening) => void;
  readonly violation: (rule: DiscordViolationRule, detail: string) => void;
}

interface Deadlines {
  readonly first: Timer;
  readonly last: Timer;
}

export function createInteractions(options: InteractionsOptions): Interactions {
  const { world, now, after, dispatch, tell, violation } = options;
  const byId = new Map<string, Interaction>();
  const deadlines = new Map<string, Deadlines>();
  const watchers = new Map<string, Set<() => void>>();
  const answers = createAnswers(options);

  const changed = (interaction: Interaction): void => {
    for (const watcher of [...(watchers.get(interaction.id) ?? [])]) watcher();
  };
  const forget = (id: string): void => {
    deadlines.get(id)?.first.cancel();
    deadlines.get(id)?.last.cancel();
    deadlines.delete(id);
    byId.delete(id);
  };
  const late = (interaction: Interaction, reached: boolean): void => {
    if (interaction.state.status !== 'pending') return;
    interaction.state = { status: 'failed' };
    if (reached) violation('interaction-late', `${interaction.kind} ${interaction.name}: no answer within 3 s`);
    changed(interaction);
  };
  const expire = ({ id, kind, name, state }: Interaction): void => {
    if (state.status === 'deferred' && !state.update) {
      violation('interaction-unanswered', `${kind} ${name} was deferred and never answered`);
    }
    forget(id);
  };

  return {
    start(started, payload) {
      const interaction: Interaction = {
        ...started,
        id: world.nextId(),
        token: randomBytes(32).toString('base64url'),
        createdAt: now(),
        state: { status: 'pending' },
        original: null,
        messages: [],
      };
      const { id, name, user } = interaction;
      byId.set(id, interaction);
      if (byId.size > MOST_INTERACTIONS) forget(byId.keys().next().value ?? '');
      tell({ type: 'interactionCreated', id, name, userId: user.id });
      const reached = dispatch('INTERACTION_CREATE', payload(interaction));
      deadlines.set(id, {
        first: after(FIRST_ANSWER_MS, () => late(interaction, reached)),
        last: after(TOKEN_MS, () => expire(interaction)),
      });
      return interaction;
    },
    byId: (id) => byId.get(id),
    byToken: (token) => [...byId.values()].find((interaction) => interaction.token === token),
    answer(interaction, body, files) {
      const { id, name, createdAt } = interaction;
      deadlines.get(id)?.first.cancel();
      const message = answers.first(interaction, body, files);
      tell({ type: 'interactionAnswered', id, name, tookMs: now() - createdAt });
      changed(interaction);
      return message;
    },
    edit(interaction, message, body, files) {
      answers.edit(interaction, message, body, files);
      changed(interaction);
    },
    remove(interaction, message) {
      answers.remove(interaction, message);
      changed(interaction);
    },
    followUp(interaction, body, files) {
      const message = answers.followUp(interaction, body, files);
      changed(interaction);
      return message;
    },
    watch(interaction, watcher) {
      const mine = watchers.get(interaction.id) ?? new Set();
      watchers.set(interaction.id, mine.add(watcher));
      return () => {
        mine.delete(watcher);
        if (mine.size === 0) watchers.delete(interaction.id);
      };
    },
    close() {
      for (const id of [...byId.keys()]) forget(id);
    },
  };
}
