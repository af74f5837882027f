/**
 * All interactions under way: who may still answer, until when, and what Discord says to an answer that comes too late or twice.
 */
import { randomBytes } from 'node:crypto';
import type { DiscordHappening, DiscordViolationRule } from '../discord-event.ts';
import type { MessageBody, Messages } from '../messages.ts';
import type { UploadedFile } from '../rest/request.ts';
import type { MessageState } from '../world/guild-state.ts';
import type { World } from '../world/world.ts';
import type { Choice, Interaction } from './interaction.ts';

/** What a member does: everything but what is made up here. */
export type Started = Pick<Interaction, 'kind' | 'name' | 'user' | 'guild' | 'channel' | 'source' | 'focusedType'>;

export type CallbackBody =
  | { readonly type: 4 | 7; readonly data?: MessageBody }
  | { readonly type: 5; readonly data?: { readonly flags?: number } }
  | { readonly type: 6 }
  | { readonly type: 8; readonly data: { readonly choices: readonly Choice[] } }
  | { readonly type: 9; readonly data: unknown };

export interface Interactions {
  start(started: Started, payload: (interaction: Interaction) => object): Interaction;
  byId(id: string): Interaction | undefined;
  byToken(token: string): Interaction | undefined;
  /** The first answer; `null` when it was given before. The message it made, if it made one. */
  answer(interaction: Interaction, body: CallbackBody, files: readonly UploadedFile[]): MessageState | null;
  /** Edits the first answer, or gives the one that was deferred. */
  editOriginal(interaction: Interaction, body: MessageBody, files: readonly UploadedFile[]): MessageState | null;
  followUp(interaction: Interaction, body: MessageBody, files: readonly UploadedFile[]): MessageState;
  changed(interaction: Interaction): void;
  /** Calls back at every change of an interaction; returns what ends it. */
  watch(interaction: Interaction, watcher: () => void): () => void;
  close(): void;
}

/** Discord, "Interaction Callback": 3 s for the first answer, 15 minutes for the rest. */
const FIRST_ANSWER_MS = 3_000;
const TOKEN_MS = 15 * 60_000;
const EPHEMERAL = 1 << 6;
const MOST_INTERACTIONS = 1_000;

export interface InteractionsOptions {
  readonly world: World;
  readonly messages: Messages;
  readonly now: () => number;
  readonly dispatch: (event: string, data: object) => void;
  readonly tell: (happening: DiscordHappening) => void;
  readonly violation: (rule: DiscordViolationRule, detail: string) => void;
}

export function createInteractions(options: InteractionsOptions): Interactions {
  const { world, messages, now, dispatch, tell, violation } = options;
  const byId = new Map<string, Interaction>();
  const timers = new Map<string, NodeJS.Timeout[]>();
  const watchers = new Map<string, Set<() => void>>();

  const changed = (interaction: Interaction): void => {
    for (const watcher of [...(watchers.get(interaction.id) ?? [])]) watcher();
  };
  const forget = (id: string): void => {
    for (const timer of timers.get(id) ?? []) clearTimeout(timer);
    timers.delete(id);
    byId.delete(id);
  };
  const late = (interaction: Interaction): void => {
    if (interaction.state.status !== 'pending') return;
    interaction.state = { status: 'failed' };
    violation('interaction-late', `${interaction.kind} ${interaction.name}: no answer within 3 s`);
    changed(interaction);
  };
  const expire = (interaction: Interaction): void => {
    if (interaction.state.status === 'deferred' && !interaction.state.update) {
      violation('interaction-unanswered', `${interaction.kind} ${interaction.name} was deferred and never answered`);
    }
    forget(interaction.id);
  };

  const post = (
    interaction: Interaction,
    body: MessageBody,
    files: readonly UploadedFile[],
    hidden: boolean,
  ): MessageState => {
    const { guild, channel, user, id, kind, name } = interaction;
    const message = messages.post({
      guild,
      channel,
      author: world.bot,
      body,
      files,
      interaction: { id, name: kind === 'command' ? name : null, user },
      privateTo: hidden ? user.id : null,
      viaWebhook: world.applicationId,
    });
    interaction.messages.push(message);
    return message;
  };

  const isPrivate = (body: { readonly flags?: number | null } | undefined): boolean =>
    ((body?.flags ?? 0) & EPHEMERAL) !== 0;

  const settle = (
    interaction: Interaction,
    body: CallbackBody,
    files: readonly UploadedFile[],
  ): MessageState | null => {
    const { source } = interaction;
    switch (body.type) {
      case 4:
        interaction.state = { status: 'answered' };
        return post(interaction, body.data ?? {}, files, isPrivate(body.data));
      case 5:
        interaction.state = { status: 'deferred', private: isPrivate(body.data), update: false };
        return null;
      case 6:
        interaction.state = { status: 'deferred', private: false, update: true };
        return null;
      case 7:
        interaction.state = { status: 'answered' };
        return source ? messages.edit(source, body.data ?? {}, files) : null;
      case 8:
        interaction.state = { status: 'choices', choices: body.data.choices };
        return null;
      case 9:
        interaction.state = { status: 'modal', modal: body.data };
        return null;
    }
  };

  return {
    start(started, payload) {
      const token = randomBytes(32).toString('base64url');
      const interaction: Interaction = {
        ...started,
        id: world.nextId(),
        token,
        createdAt: now(),
        state: { status: 'pending' },
        messages: [],
      };
      byId.set(interaction.id, interaction);
      if (byId.size > MOST_INTERACTIONS) forget(byId.keys().next().value ?? '');
      const first = setTimeout(late, FIRST_ANSWER_MS, interaction);
      const last = setTimeout(expire, TOKEN_MS, interaction);
      last.unref();
      timers.set(interaction.id, [first, last]);
      tell({ type: 'interactionCreated', id: interaction.id, name: interaction.name, userId: interaction.user.id });
      dispatch('INTERACTION_CREATE', payload(interaction));
      return interaction;
    },
    byId: (id) => byId.get(id),
    byToken: (token) => [...byId.values()].find((interaction) => interaction.token === token),
    answer(interaction, body, files) {
      clearTimeout(timers.get(interaction.id)?.[0]);
      const message = settle(interaction, body, files);
      const { id, name, createdAt } = interaction;
      tell({ type: 'interactionAnswered', id, name, tookMs: now() - createdAt });
      changed(interaction);
      return message;
    },
    editOriginal(interaction, body, files) {
      const { state, source } = interaction;
      const original = interaction.messages[0] ?? null;
      let message: MessageState | null = null;
      if (state.status === 'deferred' && !state.update && !original) {
        interaction.state = { status: 'answered' };
        message = post(interaction, body, files, state.private);
      } else if (original) message = messages.edit(original, body, files);
      else if (source) message = messages.edit(source, body, files);
      changed(interaction);
      return message;
    },
    followUp(interaction, body, files) {
      const { state } = interaction;
      // The first follow-up to a deferred answer is that answer, and as private as it was announced.
      const deferred = state.status === 'deferred' && !state.update ? state : null;
      if (deferred) interaction.state = { status: 'answered' };
      const message = post(interaction, body, files, deferred?.private ?? isPrivate(body));
      changed(interaction);
      return message;
    },
    changed,
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
