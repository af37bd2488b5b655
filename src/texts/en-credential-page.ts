import type { CredentialType } from "../services/zpa/credentials/credential.ts";

const types: Readonly<Record<CredentialType, string>> = {
  USERNAME_PASSWORD: "User name and password",
  SSH_KEY: "SSH private key",
  PASSWORD: "Password alone",
};

const over: Readonly<Record<"used" | "expired" | "replaced" | "codes" | "not-allowed" | "changed", readonly [string, string]>> = {
  used: [
    "This link was used",
    "A secret was sent with it. Only the browser that sent it is told what became of it; the person was told in Slack, too.",
  ],
  expired: ["This link has expired", "A link is good for ten minutes. Nothing was sent."],
  replaced: [
    "A newer link took the place of this one",
    "Each person has one link at a time. Use the newest, or ask for another. Nothing was sent.",
  ],
  codes: ["This link was closed", "The code was typed wrong five times in Slack. Nothing was sent."],
  "not-allowed": ["This link was closed", "Its person may no longer manage credentials. Nothing was sent."],
  changed: [
    "This link was closed",
    "The credential was changed in Zscaler after the link was given, and the secret would have undone that. Nothing was sent.",
  ],
};

const outcomes: Readonly<Record<"DONE" | "REFUSED" | "UNKNOWN" | "SENDING", readonly [string, string]>> = {
  DONE: ["The secret is in Zscaler", "The credential was read back and stands as it was meant. You can close this page."],
  REFUSED: ["Zscaler did not take the secret", "Nothing was changed."],
  UNKNOWN: [
    "It is not certain whether Zscaler has the secret",
    "It was sent once, and will not be sent again by itself. Portcullis looks once more in a few minutes, and tells you in Slack what it finds.",
  ],
  SENDING: ["The secret is being sent", "This page shows by itself what became of it. Do not send it again."],
};

/** The one-time page by which a secret goes to Zscaler. */
export const enCredentialPage = {
  title: "Hand over a secret",
  askAnew: "Ask for a new link in Slack with /pra credentials.",
  types,
  facts: {
    credential: "Credential",
    type: "Type",
    userName: "User name",
    userDomain: "Domain",
    microtenant: "Microtenant",
    purpose: "What for",
  },
  purposes: { add: "A new credential", rotate: "A new secret for a credential that is there" },
  begin: {
    heading: "Hand over a secret",
    intro: "This link is for one person, one browser and ten minutes. Only the browser in which you continue can use it from then on.",
    button: "Continue in this browser",
  },
  code: {
    heading: "Confirm this code in Slack",
    intro: "Type it into the form in Slack from which you opened this page. Then this page asks for the secret, by itself.",
    spoken: "Code",
    warning: "Nobody needs this code from you: type it nowhere but into that form, and give it to no one.",
    waiting: "Waiting for Slack. This page looks every few seconds.",
    reload: "Look now",
  },
  form: {
    heading: "Type the secret",
    intro: "It goes straight to Zscaler. Portcullis keeps it nowhere, and Slack never sees it.",
    password: "Password",
    key: "Private key",
    keyHint: "Paste the whole file, from its BEGIN line to its END line, or choose it below. Zscaler’s own example is in PKCS #8.",
    keyFile: "Or the file of the key",
    passphrase: "Passphrase of the key",
    passphraseHint: "Leave it empty if the key has none.",
    button: "Send to Zscaler",
    problem: "Nothing was sent yet",
    typeAgain: "What you typed is not kept: type it again.",
  },
  over,
  outcomes,
  elsewhere: {
    heading: "This link is open in another browser",
    text: "Only that browser can use it. If it was not you who opened it, do not confirm any code in Slack: ask for a new link, which closes this one.",
  },
  unknown: { heading: "There is no such link", text: "Check that the address is whole." },
  forged: {
    heading: "This form cannot be used",
    text: "It was not made by this page for this browser, or the browser keeps no cookies. Nothing was sent. Open the link again.",
  },
  tooLarge: { heading: "This is too large", text: "A secret has at most some thousand characters. Nothing was sent." },
  tooMany: { heading: "Too many tries", text: "Wait a minute, then open the link again. Nothing was sent." },
  notHere: {
    heading: "This page is not served at this address",
    text: "Use the link as Portcullis gave it, which begins with https:// or is on the bot’s own machine.",
  },
  failed: {
    heading: "Something went wrong",
    text: (reference: string) =>
      `Tell an administrator of Portcullis the reference ${reference}. Whether something was sent, this link shows when you open it again.`,
  },
  refused: "You may not do this",
};
