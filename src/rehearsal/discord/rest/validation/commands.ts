/**
 * The list of application commands, as it is put in bulk: `PUT /applications/{id}/commands`, and the same for one guild.
 *
 * Every language comes here at once, so one word that is too long in one of them is enough for all commands to be refused.
 */
import { checkOptions } from './command-options.ts';
import { commandSize, MAX_COMMAND_CHARACTERS } from './command-size.ts';
import { checkDescription, checkMenuName, checkNoDescription, checkSlashName } from './command-words.ts';
import { commandFaults, faults, unquoted } from './faults.ts';
import { choicesOf, type Fields, fieldsOf, given, listOf, oneOf, yesNo } from './fields.ts';
import { type FormError, formErrors } from './form-error.ts';
import { examine, type Spot } from './spot.ts';

/** Slash commands, and those in the context menus of a member and of a message. */
const commandType = { chatInput: 1, user: 2, message: 3 } as const;
/** How many of each an app may have. */
const mostOf: ReadonlyMap<number, number> = new Map([
  [commandType.chatInput, 100],
  [commandType.user, 15],
  [commandType.message, 15],
]);
/** The sum of these limits is what Discord checks first. */
const MAX_COMMANDS = 130;

/** Guild, private messages with the bot, other private channels. */
const CONTEXTS = [0, 1, 2] as const;
/** Installed to a guild, to a user. */
const INTEGRATION_TYPES = [0, 1] as const;
/** All permission bits that Discord knows or keeps for later. */
const MAX_PERMISSIONS = 2n ** 54n - 1n;

interface Command {
  readonly fields: Fields;
  readonly type: number;
}

export function validateCommands(body: unknown): FormError | null {
  // Null is the same as an empty list: it takes all commands away.
  const { problems } = examine((spot) => checkCommands(spot, body === null ? [] : body));
  return formErrors(problems);
}

function checkCommands(spot: Spot, value: unknown): void {
  const commands = listOf({ spot, value }, { max: MAX_COMMANDS }).flatMap((item): Command[] => {
    const fields = fieldsOf(item);
    return fields ? [{ fields, type: checkCommand(fields) }] : [];
  });
  for (const [type, most] of mostOf) {
    if (commands.filter((command) => command.type === type).length > most) spot.report(faults.maxLength(most));
  }
  checkNames(commands);
}

function checkCommand(fields: Fields): number {
  const type = oneOf(fields, 'type', [...mostOf.keys()]) ?? commandType.chatInput;
  if (type === commandType.chatInput) {
    checkSlashName(fields);
    checkDescription(fields);
    checkOptions(fields);
  } else {
    checkMenuName(fields);
    checkNoDescription(fields);
    checkNoOptions(fields);
  }
  checkAvailability(fields);
  if (commandSize(fields) > MAX_COMMAND_CHARACTERS) {
    fields.spot.report(commandFaults.tooLarge(MAX_COMMAND_CHARACTERS));
  }
  return type;
}

function checkNoOptions(fields: Fields): void {
  const options = given(fields, 'options');
  if (options === null || (Array.isArray(options) && options.length === 0)) return;
  fields.spot.at('options').report(unquoted.contextMenuOptions);
}

function checkAvailability(fields: Fields): void {
  checkPermissions(fields);
  yesNo(fields, 'nsfw');
  yesNo(fields, 'dm_permission');
  choicesOf(fields, 'contexts', CONTEXTS, { min: 1 });
  choicesOf(fields, 'integration_types', INTEGRATION_TYPES, { min: 1 });
}

/** A set of bits as decimal digits in a string, or null for everybody. */
function checkPermissions(fields: Fields): void {
  const permissions = given(fields, 'default_member_permissions');
  if (permissions === null) return;
  const spot = fields.spot.at('default_member_permissions');
  if (typeof permissions !== 'string' || !/^\d{1,20}$/.test(permissions))
    spot.report(faults.notNumber(permissions, 'int'));
  else if (BigInt(permissions) > MAX_PERMISSIONS) spot.report(faults.maxNumber(String(MAX_PERMISSIONS)));
}

/** A name is unique among the commands of its type. */
function checkNames(commands: readonly Command[]): void {
  const taken = new Set<string>();
  for (const { fields, type } of commands) {
    const name = given(fields, 'name');
    if (typeof name !== 'string') continue;
    if (taken.has(`${type} ${name}`)) fields.spot.report(commandFaults.duplicateName);
    taken.add(`${type} ${name}`);
  }
}
