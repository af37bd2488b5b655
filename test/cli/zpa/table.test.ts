import { describe, expect, it } from "vitest";
import { rehearsedJson, rehearsedLines } from "../../../src/cli/zpa/rehearsed.ts";
import { factLines, tableLines } from "../../../src/cli/zpa/table.ts";

describe("a table on the command line", () => {
  const rows = [
    ["1", "Substation Süd", null],
    ["20", "a name that is longer than all the others", "on"],
  ];

  it("has columns as wide as they need, and no blanks at the end of a line", () => {
    expect(tableLines(["Id", "Name", "State"], rows, null)).toEqual([
      "Id  Name                                       State",
      "1   Substation Süd",
      "20  a name that is longer than all the others  on",
    ]);
  });

  it("fits into the terminal at the cost of the widest column, and says what was cut", () => {
    const lines = tableLines(["Id", "Name", "State"], rows, 30);
    expect(lines.every((line) => [...line].length <= 30)).toBe(true);
    expect(lines[2]).toBe("20  a name that is lon…  on");
  });

  it("never cuts an id", () => {
    const lines = tableLines(["Id", "Name"], [["216196257331400005", "a name that does not fit beside it"]], 30);
    expect(lines[1]).toBe("216196257331400005  a name th…");
  });

  it("stays readable in a terminal that is too narrow for anything", () => {
    expect(tableLines(["Name"], [["abcdefghijkl"]], 2)).toEqual(["Name", "abcdefg…"]);
  });

  it("shows nothing that would move the cursor, or turn the text around", () => {
    expect(tableLines(["Name"], [["\u001b[2Jgone\r\n\u202enext"]], null)[1]).toBe("·[2Jgone··\u00b7next");
    expect(factLines([["Name", "a\tb"]])).toEqual(["Name  a·b"]);
  });
});

describe("a rehearsed write", () => {
  const call = {
    method: "POST",
    path: "/mgmtconfig/v1/admin/customers/1/credential",
    query: { microtenantId: "7" },
    body: { name: "svc", password: "hunter2-hunter2", nested: [{ privateKey: "-----BEGIN", passphrase: "open" }] },
  } as const;

  it("shows method, path, query and body, and of a secret only that there is one", () => {
    const [first, ...body] = rehearsedLines([call]);
    expect(first).toBe("POST /mgmtconfig/v1/admin/customers/1/credential?microtenantId=7");
    const shown = { name: "svc", password: "…", nested: [{ privateKey: "…", passphrase: "…" }] };
    expect(JSON.parse(body.join("\n"))).toEqual(shown);
    expect(rehearsedJson([call])).toEqual([{ ...call, body: shown }]);
    expect(rehearsedLines([])).toEqual(["Nothing would be sent."]);
  });
});
