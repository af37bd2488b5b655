import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { de } from "../../src/texts/de.ts";
import { en } from "../../src/texts/en.ts";

const german = readdirSync("src/texts")
  .filter((name) => name.startsWith("de"))
  .map((name) => readFileSync(`src/texts/${name}`, "utf8"))
  .join("\n");

describe("what stands in one and in many", () => {
  it("agrees with one in English", () => {
    expect(en.rules.cut(1)).toBe("… and 1 more line");
    expect(en.rules.more(1)).toMatch(/^1 more scope has rules\./);
    expect(en.rules.moreWaiting(1)).toMatch(/^1 more change waits\./);
    expect(en.rules.moreWaiting(2)).toMatch(/^2 more changes wait\./);
    expect(en.card.earlierDecisions(1)).toBe("1 earlier decision is not shown here.");
  });

  it("agrees with one in German", () => {
    expect(de.rules.cut(1)).toBe("… und 1 weitere Zeile");
    expect(de.rules.more(1)).toMatch(/^1 weiterer Bereich hat Regeln\./);
    expect(de.rules.moreWaiting(1)).toMatch(/^1 weitere Änderung wartet\./);
    expect(de.details.earlier(1)).toBe("1 früherer steht hier nicht.");
    expect(de.details.earlier(3)).toBe("3 frühere stehen hier nicht.");
    expect(de.queue.countMatching(1, 7)).toBe("1 von 7 passt dazu.");
    expect(de.card.earlierDecisions(1)).toBe("1 frühere Entscheidung steht hier nicht.");
    const seats = { type: "PARALLEL" as const, approvalsNeeded: 1, approvals: 0, rejectionsNeeded: 1, rejections: 0, seats: 3 };
    expect(de.explain.approvals(seats)).toMatch(/^1 von 3 muss zustimmen/);
    expect(de.explain.rejections(seats)).toMatch(/^Lehnt 1 von 3 ab, ist die Anfrage abgelehnt/);
    expect(de.explain.rejections({ ...seats, rejectionsNeeded: 2 })).toMatch(/^Lehnen 2 von 3 ab, ist die Anfrage abgelehnt/);
  });
});

describe("the German words", () => {
  it.each([
    ["Mandant", "Tenant"],
    ["Dringlichkeit", "Priorität"],
    ["Knopf", "Schaltfläche"],
    ["Knöpf", "Schaltfläche"],
  ])("have one word for one thing: not %s but %s", (other, word) => {
    expect(german).not.toContain(other);
    expect(german).toContain(word);
  });
});
