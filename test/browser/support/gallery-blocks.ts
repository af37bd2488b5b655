import type { KnownBlock, ModalView, PlainTextElement } from "@slack/types";

const plain = (text: string): PlainTextElement => ({ type: "plain_text", text });
const option = (name: string, description?: string) => ({
  text: plain(name),
  value: name.toLowerCase(),
  ...(description ? { description: plain(description) } : {}),
});

/** One message with every block and element that messages may hold, and markup that must stay harmless. */
export const galleryMessage = (epochSeconds: number): KnownBlock[] => [
  { type: "header", block_id: "head", text: plain("Every block :lock:") },
  {
    type: "section",
    block_id: "prose",
    text: {
      type: "mrkdwn",
      text: `*bold* _italic_ ~struck~ \`code\` <https://example.com|a link> <@U01BEN0000> <#C01GENERAL> <!subteam^S01PRAAPPR> <!date^${epochSeconds}^{date_short_pretty} at {time}|some time>\n&gt; quoted &lt;script&gt; &amp; more\n\`\`\`\nfenced\n\`\`\`\nsnake_case_stays 2*3*4`,
    },
    accessory: { type: "button", action_id: "beside", text: plain("Beside") },
  },
  {
    type: "section",
    block_id: "facts",
    fields: [
      { type: "mrkdwn", text: "*Who*\nAna" },
      { type: "plain_text", text: "Console\ndb-prod" },
    ],
  },
  {
    type: "context",
    block_id: "small",
    elements: [
      { type: "mrkdwn", text: "Small print" },
      { type: "image", image_url: "https://example.com/a.png", alt_text: "a lock" },
    ],
  },
  { type: "divider", block_id: "line" },
  {
    type: "rich_text",
    block_id: "rich",
    elements: [
      {
        type: "rich_text_section",
        elements: [
          { type: "text", text: "Rich ", style: { bold: true } },
          { type: "text", text: "<!channel>" },
          { type: "user", user_id: "U01ANA0000" },
        ],
      },
      {
        type: "rich_text_list",
        style: "bullet",
        elements: [
          { type: "rich_text_section", elements: [{ type: "text", text: "one" }] },
          { type: "rich_text_section", elements: [{ type: "text", text: "two" }] },
        ],
      },
      { type: "rich_text_quote", elements: [{ type: "text", text: "quoted" }] },
      { type: "rich_text_preformatted", elements: [{ type: "text", text: "0 30 3 ? * MON" }] },
    ],
  },
  { type: "image", block_id: "picture", image_url: "https://example.com/b.png", alt_text: "a gate", title: plain("Gate") },
  {
    type: "actions",
    block_id: "deeds",
    elements: [
      { type: "button", action_id: "yes", text: plain("Approve"), style: "primary", value: "1" },
      {
        type: "button",
        action_id: "no",
        text: plain("Reject"),
        style: "danger",
        confirm: { title: plain("Reject it?"), text: plain("This cannot be undone."), confirm: plain("Reject"), deny: plain("Keep") },
      },
      { type: "button", action_id: "portal", text: plain("Open the portal"), url: "https://portal.example.com/" },
      { type: "static_select", action_id: "pick", placeholder: plain("Pick one"), options: [option("Red"), option("Green")] },
      { type: "overflow", action_id: "more", options: [option("Copy"), option("Forget")] },
    ],
  },
];

/** One modal with every input; the first field is refused until it says "fine". */
export const galleryModal = (epochSeconds: number): ModalView => ({
  type: "modal",
  callback_id: "gallery",
  title: plain("Every input"),
  submit: plain("Submit"),
  close: plain("Cancel"),
  blocks: [
    {
      type: "input",
      block_id: "line",
      label: plain("One line"),
      hint: plain("Say fine"),
      element: { type: "plain_text_input", action_id: "a", placeholder: plain("A few words") },
    },
    {
      type: "input",
      block_id: "lines",
      label: plain("Several lines"),
      optional: true,
      element: { type: "plain_text_input", action_id: "a", multiline: true, initial_value: "already here" },
    },
    {
      type: "input",
      block_id: "number",
      label: plain("A number"),
      element: { type: "number_input", action_id: "a", is_decimal_allowed: false, min_value: "1", max_value: "9", initial_value: "3" },
    },
    {
      type: "input",
      block_id: "one",
      label: plain("One of a list"),
      element: {
        type: "static_select",
        action_id: "a",
        options: ["Hour", "Day", "Week"].map((name) => option(name)),
        initial_option: option("Day"),
      },
    },
    {
      type: "input",
      block_id: "groups",
      label: plain("One of groups"),
      optional: true,
      element: {
        type: "static_select",
        action_id: "a",
        option_groups: [
          { label: plain("Warm"), options: [option("Red"), option("Orange")] },
          { label: plain("Cold"), options: [option("Blue")] },
        ],
      },
    },
    {
      type: "input",
      block_id: "ask",
      label: plain("One by type-ahead"),
      optional: true,
      element: { type: "external_select", action_id: "a", min_query_length: 1 },
    },
    {
      type: "input",
      block_id: "asks",
      label: plain("Several by type-ahead"),
      element: {
        type: "multi_external_select",
        action_id: "a",
        min_query_length: 0,
        max_selected_items: 3,
        placeholder: plain("Type a name"),
      },
    },
    {
      type: "input",
      block_id: "person",
      label: plain("A person"),
      element: { type: "users_select", action_id: "a", initial_user: "U01ANA0000" },
    },
    {
      type: "input",
      block_id: "people",
      label: plain("Several people"),
      optional: true,
      element: { type: "multi_users_select", action_id: "a" },
    },
    {
      type: "input",
      block_id: "place",
      label: plain("A conversation"),
      optional: true,
      element: { type: "conversations_select", action_id: "a" },
    },
    {
      type: "input",
      block_id: "days",
      label: plain("Days"),
      element: {
        type: "checkboxes",
        action_id: "a",
        options: ["Mon", "Tue", "Wed"].map((name) => option(name)),
        initial_options: [option("Mon")],
      },
    },
    {
      type: "input",
      block_id: "when",
      label: plain("When"),
      dispatch_action: true,
      element: {
        type: "radio_buttons",
        action_id: "a",
        options: [option("Now", "at the approval"), option("Later", "at a time of your choice")],
        initial_option: option("Now", "at the approval"),
      },
    },
    {
      type: "input",
      block_id: "date",
      label: plain("A date"),
      element: { type: "datepicker", action_id: "a", initial_date: "2026-11-23" },
    },
    {
      type: "input",
      block_id: "time",
      label: plain("A time"),
      element: { type: "timepicker", action_id: "a", initial_time: "09:00", timezone: "Europe/Berlin" },
    },
    {
      type: "input",
      block_id: "instant",
      label: plain("An instant"),
      element: { type: "datetimepicker", action_id: "a", initial_date_time: epochSeconds },
    },
    { type: "alert", block_id: "note", level: "warning", text: plain("Clocks change within this window.") },
  ],
});
