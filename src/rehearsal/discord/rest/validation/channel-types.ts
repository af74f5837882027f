/** Channels that an option or a menu may be narrowed down to ("Channel Types"). */
export const CHANNEL_TYPES = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16] as const;
