import type { Clock } from "../../clock.ts";

export interface Token {
  readonly value: string;
  readonly lifeSeconds: number;
}

export interface TokenSource {
  /** The token to use now; signs in when there is none or when it is about to end. */
  current(): Promise<string>;
  /** The service no longer takes this token. Forgets it, unless a newer one is already there. */
  refused(value: string): void;
}

/** A token is replaced this long before its end, so that it does not end on its way. */
const marginSeconds = 60;

/** Keeps one token. However many callers ask at once, one sign-in runs and all of them get its token, or its error. */
export function createTokenSource({ signIn, clock }: { readonly signIn: () => Promise<Token>; readonly clock: Clock }): TokenSource {
  let held: { readonly value: string; readonly freshUntil: number } | null = null;
  let underWay: Promise<string> | null = null;

  const renew = async (): Promise<string> => {
    const asked = clock.now().getTime();
    const { value, lifeSeconds } = await signIn();
    held = { value, freshUntil: asked + Math.max(lifeSeconds - marginSeconds, lifeSeconds / 2) * 1000 };
    return value;
  };

  return {
    current: async () => {
      if (held !== null && clock.now().getTime() < held.freshUntil) return held.value;
      underWay ??= renew().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    refused: (value) => {
      if (held?.value === value) held = null;
    },
  };
}
