import { appendToLedger } from "../audit/ledger.ts";
import type { CredentialSecret } from "../zpa/credentials/credential.ts";
import type { CredentialPorts } from "./credentials-ports.ts";
import { type Standing, standingOf } from "./decide.ts";
import type { Handover } from "./handover.ts";
import { codeHashOf, codeOf, hashOf } from "./handover-keys.ts";
import { changeHandover, handoverByToken, lockHandover } from "./handover-rows.ts";
import { submitSecret } from "./submit-secret.ts";

/** Who knocks: what the link carries, and the cookie of the browser, null without one. */
export interface Knock {
  readonly token: string;
  readonly browser: string | null;
}

/** A link as one browser finds it. */
export interface FoundHandover {
  readonly handover: Handover;
  readonly standing: Standing;
}

/** The page's side of a hand-over: everything that a browser with the link may do. null: there is no such link. */
export interface HandoverDoor {
  find(knock: Knock): Promise<FoundHandover | null>;
  /** The first browser that says so has the link. `browser`: the cookie to set, or the one that came. */
  begin(knock: Knock): Promise<(FoundHandover & { readonly browser: string | null }) | null>;
  /** Writes down, once, that another browser came. */
  noteOtherBrowser(handover: Handover): Promise<void>;
  /**
   * Hands the secret to ZPA, once, whatever races. When something stands in the way that the person can mend, the link stays open.
   * @throws PortcullisError what is wrong with the secret; `admins_only` and what speaks against the person, which end the link; `zpa_*`,
   * `credential_*` of what was looked at before anything was sent
   */
  submit(knock: Knock & { readonly secret: CredentialSecret }): Promise<FoundHandover | null>;
}

export const createHandoverDoor = (ports: CredentialPorts): HandoverDoor => {
  const { db, clock } = ports;
  const hashed = (browser: string | null): string | null => (browser === null ? null : hashOf(browser));
  const find = async ({ token, browser }: Knock): Promise<FoundHandover | null> => {
    const handover = await handoverByToken(db, token);
    return handover === null ? null : { handover, standing: standingOf(handover, hashed(browser), clock.now()) };
  };
  const submit = submitSecret(ports);
  return {
    find,
    begin: async ({ token, browser }) => {
      const known = await handoverByToken(db, token);
      if (known === null) return null;
      return db.transaction().execute(async (trx) => {
        const handover = await lockHandover(trx, known.id);
        const now = clock.now();
        const standing = standingOf(handover, hashed(browser), now);
        if (standing.kind !== "fresh") return { handover, standing, browser };
        const chosen = ports.token();
        const change = { browserHash: hashOf(chosen), codeHash: codeHashOf(codeOf(chosen, handover.id), handover.id) };
        await changeHandover(trx, handover.id, change);
        await appendToLedger(trx, now, [
          { kind: "credential.link-opened", requestId: null, actor: handover.by.userId, subject: handover.id, before: null, after: null },
        ]);
        return { handover: { ...handover, ...change }, standing: { kind: "waiting" }, browser: chosen };
      });
    },
    noteOtherBrowser: (known) =>
      db.transaction().execute(async (trx) => {
        const { id, otherBrowserAt } = await lockHandover(trx, known.id);
        if (otherBrowserAt !== null) return;
        const now = clock.now();
        await changeHandover(trx, id, { otherBrowserAt: now });
        await appendToLedger(trx, now, [
          // Who it was is not known: a link tells no names.
          { kind: "credential.other-browser", requestId: null, actor: "portcullis", subject: id, before: null, after: null },
        ]);
      }),
    submit: async ({ secret, ...knock }) => {
      const found = await find(knock);
      if (found?.standing.kind !== "ready") return found;
      await submit(found.handover, knock, secret);
      return find(knock);
    },
  };
};
