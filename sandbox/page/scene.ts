/** What the page shows beside the state of the simulators: who plays which part, and what a person can start. */
export interface Scene {
  /** The bot's own user. */
  readonly botUserId: string;
  /** Where a person looks who has no direct messages yet. */
  readonly firstChannelId: string;
  readonly cast: readonly { readonly userId: string; readonly role: string }[];
  /** From the app's manifest, for the composer's suggestions. */
  readonly commands: readonly { readonly command: string; readonly description: string; readonly usageHint: string }[];
  readonly shortcuts: readonly { readonly name: string; readonly description: string; readonly callbackId: string }[];
  /** False when the bot was started by hand: it lives on the machine's clock. */
  readonly clockMovable: boolean;
  /** Whether there is a SailPoint tenant to show beside ZPA's. */
  readonly hasSailPoint: boolean;
}
