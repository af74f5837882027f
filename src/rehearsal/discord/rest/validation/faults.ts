/**
 * What can be wrong with one value, in Discord's codes and words as its documentation and public bug reports quote them.
 *
 * Of a few rules the documentation states the rule and no report quotes the answer; those are under `unquoted`, with words of
 * ours. A client must not depend on them.
 */

export interface Fault {
  readonly code: string;
  readonly message: string;
}

const fault = (code: string, message: string): Fault => ({ code, message });

/** Discord writes lists as Python's tuples: `('a', 'b')`, and `(1,)` for a single value. */
function tuple(values: readonly (string | number)[]): string {
  const words = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  return words.length === 1 ? `(${words[0]},)` : `(${words.join(', ')})`;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null'));

export const faults = {
  required: fault('BASE_TYPE_REQUIRED', 'This field is required'),
  length: (min: number, max: number) => fault('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`),
  maxLength: (max: number) => fault('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`),
  minLength: (min: number) => fault('BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`),
  choices: (values: readonly (string | number)[]) =>
    fault('BASE_TYPE_CHOICES', `Value must be one of ${tuple(values)}.`),
  unionType: (types: readonly number[]) =>
    fault('UNION_TYPE_CHOICES', `Value of field "type" must be one of ${tuple(types)}.`),
  minNumber: (min: number, kind = 'int') =>
    fault('NUMBER_TYPE_MIN', `${kind} value should be greater than or equal to ${min}.`),
  maxNumber: (max: number | string, kind = 'int') =>
    fault('NUMBER_TYPE_MAX', `${kind} value should be less than or equal to ${max}.`),
  notNumber: (value: unknown, kind: 'int' | 'float' | 'snowflake') =>
    fault('NUMBER_TYPE_COERCE', `Value "${shown(value)}" is not ${kind}.`),
  notText: (value: unknown) => fault('STRING_TYPE_CONVERT', `Could not interpret "${shown(value)}" as string.`),
  notBoolean: fault('BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'),
  notRecord: fault('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'),
  notList: fault('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'),
  notMap: fault('DICT_TYPE_CONVERT', 'Only mappings may be used in a DictType'),
  repeated: fault('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value'),
  pattern: fault('STRING_TYPE_REGEX', 'String value did not match validation regex.'),
  notDate: (value: string) => fault('DATE_TIME_TYPE_PARSE', `Could not parse ${value}. Should be ISO8601.`),
  notUrl: fault('URL_TYPE_INVALID_URL', 'Not a well formed URL.'),
  urlScheme: (scheme: string, known: readonly string[]) =>
    fault('URL_TYPE_INVALID_SCHEME', `Scheme "${scheme}" is not supported. Scheme must be one of ${tuple(known)}.`),
} as const;

export const commandFaults = {
  name: fault('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'),
  duplicateName: fault('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique'),
  tooLarge: (max: number) => fault('APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${max})`),
  contextMenuDescription: fault(
    'APPLICATION_COMMAND_INVALID_DESCRIPTION',
    'Context menu commands cannot have description',
  ),
  requiredOrder: fault(
    'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    'Required options must be placed before non-required options',
  ),
  requiredOnSubcommand: fault(
    'APPLICATION_COMMAND_REQUIRED_INVALID',
    'Required cannot be configured for this type of option',
  ),
  mixedOptions: fault(
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    'Sub-command and sub-command group option types are mutually exclusive to all other types',
  ),
  duplicateOption: (name: string) =>
    fault('APPLICATION_COMMAND_OPTIONS_NAME_INVALID', `Option name ${name} is already used in these options`),
} as const;

export const messageFaults = {
  embedsTooLong: (max: number) => fault('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${max}`),
  mentionsTwice: (kind: string) =>
    fault(
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
    ),
  legacyField: (field: string) =>
    fault(
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    ),
  noSuchFile: fault('ATTACHMENT_NOT_FOUND', 'Attachment data not found'),
  nonceTooLong: (max: number) => fault('NONCE_TYPE_TOO_LONG', `Must be ${max} or fewer characters long.`),
  nonceType: fault('NONCE_TYPE_INVALID_TYPE', 'This field must be a string or integer.'),
} as const;

export const componentFaults = {
  width: fault('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width'),
  duplicateCustomId: fault('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'),
  customIdRequired: fault('BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required'),
  customIdAndUrl: fault(
    'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    'A custom id and url cannot both be specified',
  ),
  emoji: fault('COMPONENT_INVALID_EMOJI', 'Invalid emoji'),
  duplicateOption: fault('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used'),
  tooManyDefaults: fault(
    'COMPONENT_TOO_MANY_DEFAULT_VALUES',
    'The specified number of default values exceeds the specified maximum values',
  ),
  textTooLong: (max: number) =>
    fault(
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Components displayable text size exceeds maximum size of ${max}`,
    ),
  noSuchAttachment: (reference: string) =>
    fault(
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      `The referenced attachment ("${reference}") was not found.`,
    ),
} as const;

/** Rules that Discord documents, answered in words of ours. */
export const unquoted = {
  contextMenuOptions: fault('APPLICATION_COMMAND_OPTIONS_INVALID', 'Context menu commands cannot have options'),
  choicesNotTaken: fault('APPLICATION_COMMAND_CHOICES_INVALID', 'Choices cannot be configured for this type of option'),
  autocompleteNotTaken: fault(
    'APPLICATION_COMMAND_AUTOCOMPLETE_INVALID',
    'Autocomplete cannot be configured for this type of option',
  ),
  autocompleteWithChoices: fault(
    'APPLICATION_COMMAND_AUTOCOMPLETE_INVALID',
    'Autocomplete and choices are mutually exclusive',
  ),
  minAboveMax: fault('NUMBER_RANGE_INVALID', 'The minimum cannot be greater than the maximum'),
  flagNotSettable: (flags: number) => fault('MESSAGE_FLAGS_INVALID', `The flags ${flags} cannot be set here`),
  flagNotRemovable: fault('MESSAGE_FLAGS_INVALID', 'MessageFlags.IS_COMPONENTS_V2 cannot be removed from a message'),
  attachmentMetadata: fault('ATTACHMENT_METADATA_INVALID', 'Attachment metadata is invalid'),
  tooManyComponents: (max: number) =>
    fault('COMPONENT_LAYOUT_TOO_MANY_COMPONENTS', `A message cannot have more than ${max} components`),
  duplicateId: fault('COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated'),
  buttonField: (field: string) => fault('BUTTON_COMPONENT_FIELD_INVALID', `This button style cannot have ${field}`),
  attachmentOnly: fault('UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED', 'Only attachment:// references are supported'),
  disabledInModal: fault('COMPONENT_DISABLED_INVALID', 'Components in modals cannot be disabled'),
  requiredWithoutMinimum: fault(
    'COMPONENT_MIN_VALUES_INVALID',
    'min_values must be at least 1 for a required component',
  ),
  fileType: fault('FILE_TYPE_INVALID', 'Must be image, video, audio or an extension with its dot'),
} as const;
