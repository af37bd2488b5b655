import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { page } from "./control.ts";
import { html } from "./html.ts";
import { useNow } from "./live-state.ts";
import { fromLocalInput, nextOffsetChange, offsetAt, toLocalInput } from "./time/zone-time.ts";
import { useWorkspace } from "./workspace.ts";

const hour = 3_600_000;
const told = (instant: Date, timeZone: string, seconds: boolean) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
  })
    .format(instant)
    .replaceAll(",", "");

const offsetName = (instant: Date, timeZone: string) => {
  const minutes = offsetAt(instant, timeZone) / 60_000;
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${size % 60 ? `:${String(size % 60).padStart(2, "0")}` : ""}`;
};

/** The simulated present, in UTC and in the person's zone, and how to move it on. */
export function ClockPanel({ offsetMilliseconds, isMovable }: { offsetMilliseconds: number; isMovable: boolean }): ComponentChildren {
  const { me, say } = useWorkspace();
  const now = useNow(offsetMilliseconds, 1000);
  const [typed, setTyped] = useState("");
  const change = nextOffsetChange(new Date(Math.floor(now.getTime() / hour) * hour), me.timeZone);
  const move = async (to: Date) => {
    try {
      await page.moveClock(to);
    } catch (error) {
      say(error instanceof Error && error.message.includes("forward") ? "The clock moves forward only." : "The clock could not be moved.");
    }
  };
  const set = (event: Event) => {
    event.preventDefault();
    const to = fromLocalInput(typed, me.timeZone);
    if (to) void move(to);
    else say("Choose a date and a time first.");
  };
  return html`<section class="panel" aria-labelledby="clock-title">
    <h2 id="clock-title">Clock</h2>
    <dl class="clock-times">
      <div><dt>UTC</dt><dd><time datetime=${now.toISOString()}>${told(now, "UTC", true)}</time></dd></div>
      <div><dt>${me.timeZone}</dt><dd>${told(now, me.timeZone, false)} <span class="zone">${offsetName(now, me.timeZone)}</span></dd></div>
    </dl>
    ${
      isMovable
        ? html`<div class="clock-buttons">
              <button type="button" class="button button-small" onClick=${() => move(new Date(Date.now() + offsetMilliseconds + hour))}>+1 h</button>
              <button type="button" class="button button-small" onClick=${() => move(new Date(Date.now() + offsetMilliseconds + 24 * hour))}>+1 day</button>
              ${
                change &&
                html`<button type="button" class="button button-small" title=${`One minute after the offset of ${me.timeZone} changes: ${told(change, me.timeZone, false)}`}
                  onClick=${() => move(new Date(change.getTime() + 60_000))}>Next clock change</button>`
              }
            </div>
            <form class="clock-set" onSubmit=${set}>
              <input type="datetime-local" class="field" aria-label=${`Set the clock, in ${me.timeZone}`} min=${toLocalInput(now, me.timeZone)} value=${typed}
                onInput=${(event: InputEvent) => setTyped((event.target as HTMLInputElement).value)} />
              <button type="submit" class="button button-small">Set</button>
            </form>`
        : html`<p class="panel-note">The bot was started by hand and lives on the machine's clock.</p>`
    }
  </section>`;
}
