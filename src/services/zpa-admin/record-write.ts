import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { AdminEvent, NoteAdminEvent } from "./admin-ledger.ts";
import { maskFields } from "./mask-secrets.ts";

type State = AdminEvent["before"];

/** One write that an administrator has ZPA do. What is noted of it is to hold no secret; the fields that ZPA has for secrets are masked. */
export interface AdminWrite<Done, Read> {
  /** What it is about, in the words of the command line: `approval`, `console`, `credential`, `policy-rule`. */
  readonly object: string;
  /** `create`, `update`, `delete` … */
  readonly verb: string;
  /** What people would look for: an id, or a name where there is no id yet. */
  readonly subject: string;
  /** What stood before, null where there was nothing. */
  readonly before: State;
  /** What is wanted, null where it is to go. */
  readonly intended: State;
  /** The call, and nothing but the call. */
  readonly write: () => Promise<Done>;
  /** What ZPA says stands now: the answers to writes are stubs, or empty. */
  readonly readBack: (done: Done) => Promise<Read>;
  /** Of what was read, what goes on record. */
  readonly noted: (read: Read) => State;
  /** Whether that is what was wanted. */
  readonly asIntended: (read: Read) => boolean;
}

export interface Written<Read> {
  /** As read from ZPA after the write. */
  readonly read: Read;
  readonly asIntended: boolean;
  /** `intent-only`: the write was done, and its outcome could not be written down. */
  readonly recorded: "whole" | "intent-only";
}

/** @see {@link recordWrite} */
export type RecordWrite = <Done, Read>(write: AdminWrite<Done, Read>) => Promise<Written<Read>>;

/**
 * A write that is on record before it is sent, read back after it, and on record with its outcome: `…intended`, then `…done` with what was
 * read, `…refused` with why, or `…unknown` where the answer was lost. The events of one write share `write`. An intent without an outcome
 * is one of which nobody knows what came of it.
 *
 * Whether somebody may is for `note` to say, which knows who acts: it refuses the intent, and nothing is sent.
 *
 * @throws PortcullisError as `note` and the write; `zpa_written_not_read` when it was done and cannot be shown
 */
export const recordWrite =
  ({ note, ids, log }: { readonly note: NoteAdminEvent; readonly ids: Pick<Ids, "uuid">; readonly log: Log }): RecordWrite =>
  async (write) => {
    const { object, verb, subject, before, intended } = write;
    const key = ids.uuid();
    const tell = (stage: "intended" | "done" | "refused" | "unknown", after: State): Promise<void> =>
      note({
        kind: `zpa.${object}.${verb}.${stage}`,
        subject,
        before: before === null ? null : maskFields(before),
        after: maskFields({ write: key, ...after }),
      });

    await tell("intended", intended);
    const done = await write.write().catch(async (thrown: unknown) => {
      const error = fromUnknown(thrown);
      const { code } = error;
      // What the write itself came to is what matters to whoever waits; the intent on record says the rest.
      const stage = MAY_HAVE_DONE.has(code) ? "unknown" : "refused";
      await tell(stage, { code, ...error.details.params }).catch((err: unknown) =>
        log.error({ err, write: key, stage }, "zpa-admin.outcome-not-noted"),
      );
      throw error;
    });

    const outcome = await seen(write, done);
    const after =
      "problem" in outcome ? { readBack: outcome.problem.code } : { ...write.noted(outcome.read), asIntended: outcome.asIntended };
    const isRecorded = await tell("done", after).then(
      () => true,
      (err: unknown) => {
        // It is done, and telling its administrator that it failed would have it done again.
        log.error({ err, write: key, stage: "done" }, "zpa-admin.outcome-not-noted");
        return false;
      },
    );
    if ("problem" in outcome) throw new PortcullisError("zpa_written_not_read", { params: { subject } }, { cause: outcome.problem });
    return { ...outcome, recorded: isRecorded ? "whole" : "intent-only" };
  };

/** What a write may come to although it has done something. */
const MAY_HAVE_DONE: ReadonlySet<ErrorCode> = new Set(["zpa_timeout", "coverage_not_placed", "unexpected"]);

async function seen<Done, Read>(
  { readBack, asIntended }: AdminWrite<Done, Read>,
  done: Done,
): Promise<{ readonly read: Read; readonly asIntended: boolean } | { readonly problem: PortcullisError }> {
  try {
    const read = await readBack(done);
    return { read, asIntended: asIntended(read) };
  } catch (thrown) {
    return { problem: fromUnknown(thrown) };
  }
}
