/**
 * What passes on the wire between the bot and the Live service, as a listener in the middle understands it. Times in ms of the
 * rehearsal's clock.
 */

type Happening =
  | { readonly type: 'setup'; readonly model: string }
  | {
      readonly type:
        | 'setupComplete'
        | 'activityStart'
        | 'activityEnd'
        | 'interrupted'
        | 'generationComplete'
        | 'turnComplete';
    }
  /** 16-bit mono PCM of the bot, `rate` samples a second. */
  | { readonly type: 'audioIn'; readonly pcm: Int16Array; readonly rate: number }
  /** Sound of the service, ms. */
  | { readonly type: 'audioOut'; readonly ms: number }
  | { readonly type: 'inputTranscription' | 'outputTranscription'; readonly text: string }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string; readonly by: 'bot' | 'service' };

export type LiveWireEvent = Happening & { readonly at: number };
export type LiveWireHappening = Happening;
