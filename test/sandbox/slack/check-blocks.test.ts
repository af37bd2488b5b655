import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { checkHome, checkMessageBlocks, checkModal, checkOptions } from "../../../sandbox/slack/blocks/check-blocks.ts";

const plain = (length: number) => ({ type: "plain_text", text: "x".repeat(length) });
const mrkdwn = (length: number) => ({ type: "mrkdwn", text: "x".repeat(length) });
const option = (length: number, value = "v") => ({ text: plain(length), value });
const button = (more: object = {}) => ({ type: "button", action_id: "b", text: plain(1), ...more });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const select = (more: object) => actions({ type: "static_select", action_id: "s", ...more });
const input = (element: object) => ({ type: "input", label: plain(1), element: { action_id: "i", ...element } });

const refused: [name: string, blocks: unknown[], pointer: string][] = [
  ["no type that Slack knows", [{ type: "bogus" }], "/blocks/0"],
  ["a property that Slack does not know", [{ type: "divider", colour: "red" }], "/blocks/0"],
  ["51 blocks", Array(51).fill({ type: "divider" }), "/blocks"],
  ["a block id over 255", [{ type: "divider", block_id: "x".repeat(256) }], "/blocks/0/block_id"],
  [
    "two blocks of one id",
    [
      { type: "divider", block_id: "x" },
      { type: "divider", block_id: "x" },
    ],
    "/blocks/1/block_id",
  ],
  ["an empty text", [{ type: "section", text: mrkdwn(0) }], "/blocks/0/text/text"],
  ["a section without text or fields", [{ type: "section" }], "/blocks/0"],
  ["a section text over 3000", [{ type: "section", text: mrkdwn(3001) }], "/blocks/0/text/text"],
  ["11 fields", [{ type: "section", fields: Array(11).fill(mrkdwn(1)) }], "/blocks/0/fields"],
  ["a field over 2000", [{ type: "section", fields: [mrkdwn(2001)] }], "/blocks/0/fields/0/text"],
  ["a header in mrkdwn", [{ type: "header", text: mrkdwn(1) }], "/blocks/0/text/type"],
  ["11 context elements", [{ type: "context", elements: Array(11).fill(mrkdwn(1)) }], "/blocks/0/elements"],
  ["26 buttons in a row", [actions(...Array.from({ length: 26 }, (_, id) => button({ action_id: `b${id}` })))], "/blocks/0/elements"],
  ["a row without elements", [actions()], "/blocks/0/elements"],
  ["two elements of one id in a block", [actions(button(), button())], "/blocks/0/elements/1"],
  ["a button text over 75", [actions(button({ text: plain(76) }))], "/blocks/0/elements/0/text/text"],
  ["a button value over 2000", [actions(button({ value: "x".repeat(2001) }))], "/blocks/0/elements/0/value"],
  [
    "a confirmation title over 100",
    [actions(button({ confirm: { title: plain(101), text: plain(1) } }))],
    "/blocks/0/elements/0/confirm/title/text",
  ],
  ["101 options", [select({ options: Array(101).fill(option(1)) })], "/blocks/0/elements/0/options"],
  ["an option text over 75", [select({ options: [option(76)] })], "/blocks/0/elements/0/options/0/text/text"],
  ["an option value over 75", [select({ options: [option(1, "x".repeat(76))] })], "/blocks/0/elements/0/options/0/value"],
  ["a placeholder over 150", [select({ options: [option(1)], placeholder: plain(151) })], "/blocks/0/elements/0/placeholder/text"],
  [
    "options and option groups",
    [select({ options: [option(1)], option_groups: [{ label: plain(1), options: [option(1)] }] })],
    "/blocks/0/elements/0",
  ],
  [
    "a first choice that is not offered",
    [select({ options: [option(1)], initial_option: option(2) })],
    "/blocks/0/elements/0/initial_option/0",
  ],
  [
    "6 entries in an overflow menu",
    [actions({ type: "overflow", action_id: "o", options: Array(6).fill(option(1)) })],
    "/blocks/0/elements/0/options",
  ],
  ["11 checkboxes", [actions({ type: "checkboxes", action_id: "c", options: Array(11).fill(option(1)) })], "/blocks/0/elements/0/options"],
  ["a date that is none", [actions({ type: "datepicker", action_id: "d", initial_date: "1.2.2026" })], "/blocks/0/elements/0/initial_date"],
  ["a time that is none", [actions({ type: "timepicker", action_id: "t", initial_time: "9:00" })], "/blocks/0/elements/0/initial_time"],
  ["a zone that is none", [actions({ type: "timepicker", action_id: "t", timezone: "Mars/Olympus" })], "/blocks/0/elements/0/timezone"],
  [
    "a datetime picker beside a text",
    [{ type: "section", text: mrkdwn(1), accessory: { type: "datetimepicker", action_id: "d" } }],
    "/blocks/0/accessory",
  ],
  ["a file input in a message", [input({ type: "file_input" })], "/blocks/0/element/type"],
  ["an alert in a message", [{ type: "alert", text: mrkdwn(1) }], "/blocks/0"],
];

describe("blocks that Slack refuses", () => {
  it.each(refused)("%s", (_, blocks, pointer) => {
    const checked = checkMessageBlocks(blocks);
    expect(checked.ok ? [] : checked.complaints.map((complaint) => complaint.pointer)).toContain(pointer);
  });

  it("two elements that both want the focus", () => {
    const focused = (block_id: string) => ({ ...input({ type: "plain_text_input", focus_on_load: true }), block_id });
    const modal = { type: "modal", title: plain(1), submit: plain(1), blocks: [focused("a"), focused("b")] };
    expect(checkModal(modal)).toMatchObject({ ok: false, complaints: [{ pointer: "/view/blocks/1/element" }] });
  });
});

describe("blocks that Slack takes", () => {
  it("at every limit", () => {
    const blocks = [
      { type: "header", text: plain(150) },
      { type: "section", text: mrkdwn(3000), accessory: { type: "overflow", action_id: "o", options: Array(5).fill(option(75)) } },
      { type: "section", fields: Array(10).fill(mrkdwn(2000)) },
      {
        type: "context",
        elements: [...Array(9).fill(mrkdwn(3000)), { type: "image", image_url: "https://example.com/a.png", alt_text: "a" }],
      },
      actions(...Array.from({ length: 25 }, (_, id) => button({ action_id: `b${id}`, text: plain(75), value: "x".repeat(2000) }))),
      select({ options: Array.from({ length: 100 }, (_, id) => option(75, `v${id}`)), placeholder: plain(150) }),
      { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "x" }] }] },
    ];
    expect(checkMessageBlocks(blocks)).toMatchObject({ ok: true });
  });

  it("in a home of a hundred blocks", () => {
    expect(checkHome({ type: "home", blocks: Array(100).fill({ type: "divider" }) }).ok).toBe(true);
    expect(checkHome({ type: "home", blocks: Array(101).fill({ type: "divider" }) }).ok).toBe(false);
  });

  it("as a hundred options, and not one more", () => {
    expect(checkOptions({ options: Array(100).fill(option(1)) }).ok).toBe(true);
    expect(checkOptions({ options: Array(101).fill(option(1)) }).ok).toBe(false);
    expect(checkOptions({}).ok).toBe(false);
  });
});

describe("the schema", () => {
  it("is what the installed @slack/types say", async () => {
    const file = new URL("../../../sandbox/slack/block-kit.schema.json", import.meta.url);
    const generator = new URL("../../../sandbox/slack/generate-schema.ts", import.meta.url);
    const { stdout } = await promisify(execFile)(process.execPath, [generator.pathname, "--print"], { maxBuffer: 4_000_000 });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(await readFile(file, "utf8")));
  });
});
