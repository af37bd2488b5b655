import type { AckFn, App, ReceiverEvent } from "@slack/bolt";
import { z } from "zod";
import { fromUnknown, PortcullisError } from "../errors.ts";
import type { Log } from "../log.ts";
import { sleepUnlessWoken, type Timers } from "../timers.ts";

type Body = ReceiverEvent["body"];
/** Answers the delivery, when nobody has answered it yet. */
export type FirstAck = (response?: unknown) => Promise<void>;

const message = z.object({ type: z.literal("event_callback"), event: z.object({ type: z.literal("message") }) });

export interface Deliveries {
  /** The app as a receiver should see it: every delivery counted, every failure shown, nothing left without an answer. */
  watch(app: App): App;
  /** Deliveries whose listeners still run. */
  running(): number;
  /** Resolves when no listener runs, or after the deadline; `true` when none runs. */
  settle(deadlineMilliseconds: number): Promise<boolean>;
}

/**
 * The seam between Slack and the listeners. Bolt itself does not wait for listeners when it stops, answers a failed one with a
 * bare 500, and leaves what no listener knows unanswered for three seconds. It also acknowledges events before any listener has run; what
 * a person wrote is acknowledged once it is written down, so that Slack brings it again when that failed.
 */
export const createDeliveries = ({
  showFailure,
  timers,
  log,
}: {
  /** Shows what went wrong to the person, where they are. `ack` is null when the delivery has been answered already. */
  readonly showFailure: (body: Body, thrown: unknown, ack: FirstAck | null) => Promise<void>;
  readonly timers: Timers;
  readonly log: Log;
}): Deliveries => {
  let running = 0;
  const idle = new Set<AbortController>();

  const deliver = (app: App, event: ReceiverEvent): Promise<void> =>
    message.safeParse(event.body).success ? deliverMessage(app, event) : deliverOther(app, event);

  const deliverMessage = async (app: App, event: ReceiverEvent): Promise<void> => {
    running += 1;
    try {
      await app.processEvent({ ...event, ack: async () => undefined });
      await event.ack();
    } catch (thrown) {
      await showFailure(event.body, thrown, null);
      throw thrown;
    } finally {
      over();
    }
  };

  const deliverOther = async (app: App, event: ReceiverEvent): Promise<void> => {
    let answered = false;
    const ack: AckFn<unknown> = async (response) => {
      answered = true;
      await event.ack(response);
    };
    running += 1;
    try {
      await app.processEvent({ ...event, ack });
      if (answered) return;
      log.warn({ type: event.body.type }, "slack.delivery-without-listener");
      // A button that no listener knows stands on a card of another version: whoever pressed it should hear so.
      if (event.body.type === "block_actions") throw new PortcullisError("card_stale");
      await ack();
    } catch (thrown) {
      try {
        await showFailure(event.body, thrown, answered ? null : ack);
      } catch (cause) {
        log.error({ err: fromUnknown(cause) }, "slack.failure-not-shown");
        if (!answered) throw cause;
      }
    } finally {
      over();
    }
  };

  const over = (): void => {
    running -= 1;
    if (running === 0) for (const waiter of idle) waiter.abort();
  };

  return {
    watch: (app) =>
      new Proxy(app, {
        get: (target, name, receiver) =>
          name === "processEvent" ? (event: ReceiverEvent) => deliver(target, event) : Reflect.get(target, name, receiver),
      }),
    running: () => running,
    settle: async (deadlineMilliseconds) => {
      if (running === 0) return true;
      const waiter = new AbortController();
      idle.add(waiter);
      await sleepUnlessWoken(timers, deadlineMilliseconds, waiter.signal);
      idle.delete(waiter);
      return running === 0;
    },
  };
};
