import { describe, expect, it } from "vitest";
import { findTypedDays } from "../../../src/services/schedule/typed-days.ts";

const typed = (text: string, loneDays: "date" | "weekly" = "date"): string | undefined => findTypedDays(text, { loneDays })?.value.join();

describe("days as people type them", () => {
  it.each([
    ["weekdays", "MON,TUE,WED,THU,FRI"],
    ["on working days", "MON,TUE,WED,THU,FRI"],
    ["werktags", "MON,TUE,WED,THU,FRI"],
    ["Mo-Fr", "MON,TUE,WED,THU,FRI"],
    ["Mon – Fri", "MON,TUE,WED,THU,FRI"],
    ["Monday to Thursday", "MON,TUE,WED,THU"],
    ["Montag bis Mittwoch", "MON,TUE,WED"],
    ["mon,wed", "MON,WED"],
    ["mon, wed and fri", "MON,WED,FRI"],
    ["Mo Mi Fr", "MON,WED,FRI"],
    ["Mo-Mi, Fr", "MON,TUE,WED,FRI"],
    ["fri-mon", "FRI,SAT,SUN,MON"],
    ["wed,mon,wed", "WED,MON"],
    ["every monday", "MON"],
    ["jeden Dienstag", "TUE"],
    ["mondays", "MON"],
    ["montags und mittwochs", "MON,WED"],
    ["weekends", "SAT,SUN"],
    ["am Wochenende", "SAT,SUN"],
    ["daily", "SUN,MON,TUE,WED,THU,FRI,SAT"],
    ["täglich", "SUN,MON,TUE,WED,THU,FRI,SAT"],
  ])("%j is %s", (text, days) => expect(typed(text)).toBe(days));

  it("takes one day alone for a date, unless it repeats by what stands around it", () => {
    expect(typed("monday")).toBeUndefined();
    expect(typed("monday", "weekly")).toBe("MON");
    expect(typed("until friday", "weekly")).toBeUndefined();
  });

  it.each([["from Monday to Friday"], ["bis Freitag"], ["sun-01"], ["my-mon, wed-db"], ["so"], ["do"], ["months"]])(
    "%j is none",
    (text) => {
      expect(typed(text, text === "months" ? "weekly" : "date")).toBeUndefined();
    },
  );
});
