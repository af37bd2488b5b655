import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Inline, parseLine, parseMrkdwn } from "../../../../sandbox/page/browser/text/mrkdwn.ts";

const plainText = (nodes: readonly Inline[]): string =>
  nodes
    .map((node) => {
      if (node.kind === "text" || node.kind === "code") return node.text;
      if (node.kind === "emoji") return node.id;
      return "children" in node ? plainText(node.children) : "";
    })
    .join("");

describe("Slack's markup", () => {
  it.each<[string, readonly Inline[]]>([
    ["*bold*", [{ kind: "bold", children: [{ kind: "text", text: "bold" }] }]],
    [
      "_it_ ~no~",
      [
        { kind: "italic", children: [{ kind: "text", text: "it" }] },
        { kind: "text", text: " " },
        { kind: "strike", children: [{ kind: "text", text: "no" }] },
      ],
    ],
    ["snake_case_name", [{ kind: "text", text: "snake_case_name" }]],
    ["2 * 3 * 4", [{ kind: "text", text: "2 * 3 * 4" }]],
    ["`a*b*c`", [{ kind: "code", text: "a*b*c" }]],
    ["<@U1>", [{ kind: "user", id: "U1" }]],
    ["<@U1|ana>", [{ kind: "user", id: "U1" }]],
    ["<#C1|general>", [{ kind: "channel", id: "C1" }]],
    ["<!subteam^S1|@group>", [{ kind: "group", id: "S1" }]],
    ["<!channel>", [{ kind: "broadcast", id: "channel" }]],
    ["<https://a.example/?x=1&amp;y=2|here>", [{ kind: "link", url: "https://a.example/?x=1&y=2", label: "here" }]],
    [
      "*by <@U1>*",
      [
        {
          kind: "bold",
          children: [
            { kind: "text", text: "by " },
            { kind: "user", id: "U1" },
          ],
        },
      ],
    ],
    [
      ":lock: at 10:30:00",
      [
        { kind: "emoji", id: "lock" },
        { kind: "text", text: " at 10:30:00" },
      ],
    ],
    [
      "<!date^1700000000^{date_short} {time}|14 Nov>",
      [{ kind: "date", epochSeconds: 1_700_000_000, format: "{date_short} {time}", fallback: "14 Nov", url: null }],
    ],
  ])("reads %s", (source, nodes) => {
    expect(parseLine(source)).toEqual(nodes);
  });

  it("shows what was escaped literally, and makes nothing of it", () => {
    expect(parseLine("&lt;!channel&gt; &amp;lt; &lt;https://evil.example|x&gt;")).toEqual([
      { kind: "text", text: "<!channel> &lt; <https://evil.example|x>" },
    ]);
  });

  it("keeps an opening mark that nothing closes", () => {
    expect(parseLine("*open and _open and `open and <open")).toEqual([{ kind: "text", text: "*open and _open and `open and <open" }]);
  });

  it("tells paragraphs, quotes and fenced code apart", () => {
    expect(parseMrkdwn("one\n&gt; two\n&gt; three\n```\nfour *4*\n```\nfive").map(({ kind }) => kind)).toEqual([
      "lines",
      "quote",
      "preformatted",
      "lines",
    ]);
  });

  it("loses no letter and never fails, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab *_~`\n&;:.") }), (source) => {
        for (const line of source.split("\n"))
          expect(plainText(parseLine(line)).replaceAll(/[*_~`:]/g, "")).toBe(line.replaceAll(/[*_~`:]/g, ""));
        parseMrkdwn(source);
      }),
    );
  });
});
