/**
 * Runs whole protocol messages in the one session that is shared, and returns all that the server answers.
 * @throws whatever broke the server: nobody can be served after that
 */
export type RunTurn = (messages: Uint8Array) => Uint8Array;

export interface WireClient {
  /** Bytes from the client, cut anywhere. */
  receive(bytes: Uint8Array): void;
  /** The client has gone: its open transaction is rolled back. */
  leave(): void;
}

interface Seat {
  readonly answer: (bytes: Uint8Array) => void;
  readonly dismiss: () => void;
  pending: Buffer;
  started: boolean;
}

interface Turn {
  readonly messages: Uint8Array;
  /** A Flush asks for the answers so far: the client goes on before anyone else may speak. */
  readonly isFlush: boolean;
}

const terminate = 0x58; // X
const flush = 0x48; // H
const readyForQuery = 0x5a; // Z
const idleStatus = 0x49; // I
const rollback = Buffer.from("Q\0\0\0\rROLLBACK\0");
/** Messages after which the server has said all it will say: Sync, Query, FunctionCall, CopyDone, CopyFail. */
const turnEnds = new Set([0x53, 0x51, 0x46, 0x63, 0x66]);

/**
 * Lets several clients share one session without stepping on each other.
 *
 * A turn is everything up to a Sync or a simple Query, and is run in one piece: a client's Parse and Bind use the session's one
 * unnamed statement, so another client's Parse between them would answer the wrong question. Whoever opens a transaction keeps
 * the floor until it ends, leaves, or says nothing for `idleMilliseconds` (then it is rolled back and dismissed, as PostgreSQL
 * does with `idle_in_transaction_session_timeout`).
 */
export function shareSession(run: RunTurn, { idleMilliseconds }: { readonly idleMilliseconds: number }) {
  const turns: ({ readonly seat: Seat } & Turn)[] = [];
  let floor: Seat | null = null;
  let idle: NodeJS.Timeout | undefined;

  const leave = (seat: Seat): void => {
    for (let i = turns.length - 1; i >= 0; i--) if (turns[i]?.seat === seat) turns.splice(i, 1);
    if (floor !== seat) return;
    floor = null;
    clearTimeout(idle);
    run(rollback);
    takeTurns();
  };

  const takeTurns = (): void => {
    for (;;) {
      const index = floor ? turns.findIndex(({ seat }) => seat === floor) : 0;
      const [turn] = index < 0 ? [] : turns.splice(index, 1);
      if (!turn) return;
      clearTimeout(idle);
      const answer = run(turn.messages);
      floor = turn.isFlush || isInTransaction(answer) ? turn.seat : null;
      turn.seat.answer(answer);
      if (floor) idle = setTimeout(expire, idleMilliseconds, floor);
    }
  };

  const expire = (seat: Seat): void => {
    seat.dismiss();
    leave(seat);
  };

  return {
    join(answer: Seat["answer"], dismiss: Seat["dismiss"]): WireClient {
      const seat: Seat = { answer, dismiss, pending: Buffer.alloc(0), started: false };
      return {
        receive(bytes) {
          seat.pending = seat.pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([seat.pending, bytes]);
          for (let turn = cutTurn(seat); turn; turn = cutTurn(seat)) turns.push({ seat, ...turn });
          takeTurns();
        },
        leave: () => leave(seat),
      };
    },
  };
}

/** The server closes every turn with ReadyForQuery, whose last byte is I (idle), T (transaction) or E (failed transaction). */
function isInTransaction(answer: Uint8Array): boolean {
  if (answer.at(-6) !== readyForQuery) throw new Error("PGlite gave up in the middle of an answer");
  return answer.at(-1) !== idleStatus;
}

/** Takes the next whole turn off the front of what a client has sent. The very first message (startup) has no type byte. */
function cutTurn(seat: Seat): Turn | null {
  const { pending } = seat;
  let at = 0;
  for (;;) {
    const head = seat.started ? 1 : 0;
    if (pending.length < at + head + 4) return null;
    const type = seat.started ? pending.readUInt8(at) : null;
    const end = at + head + pending.readInt32BE(at + head);
    if (pending.length < end) return null;
    at = end;
    if (type === terminate) {
      // The session outlives its clients: a Terminate must not reach it.
      seat.pending = Buffer.alloc(0);
      return null;
    }
    if (type === null || type === flush || turnEnds.has(type)) {
      seat.started = true;
      seat.pending = pending.subarray(at);
      return { messages: new Uint8Array(pending.subarray(0, at)), isFlush: type === flush };
    }
  }
}
