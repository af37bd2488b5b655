import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

/** Of credentials, and of the page that takes their secrets. */
export const enCredentialsErrors = {
  credential_incomplete: (p) =>
    `Zscaler needs ${{ name: "a name", userName: "a user name", password: "the password", privateKey: "the private key" }[p("missing", "")] ?? "more"} for a credential of this type. Nothing was sent: add it and try again.`,
  credential_type_fixed: (p) =>
    `The type of ${p("name", "this credential")} is ${p("type", "already set")}, and Zscaler cannot change that. Make a new credential${p("wanted", "") === "" ? "" : ` of type ${p("wanted", "")}`}, point the rules at it, then delete this one.`,
  credential_type_unknown: (p) =>
    `Portcullis does not know the type of ${p("name", "this credential")}${p("type", "") === "" ? "" : ` (${p("type", "")})`}. Change its secret in Zscaler itself.`,
  credential_name_taken: (p) =>
    `There is a credential named ${p("name", "like that")} already. Choose another name, or rotate the one that is there.`,
  credential_differs: () =>
    "What stands in Zscaler differs from what was sent. Look at the credential in Zscaler: something else may be changing it.",
  credential_changed: (p) =>
    `${p("name", "The credential")} was changed in Zscaler after this link was given, and the new secret would have undone that. Nothing was sent. Ask for a new link with /pra credentials.`,
  credential_effect_unknown: () =>
    "Zscaler did not answer in time, and it is not certain whether this was done. Look at the credential with /pra credentials before you try again.",
  credential_uses_changed: (p) =>
    `Rules use this credential that you were not shown: ${p("rules", "look at them anew")}. Nothing was changed. Look at it again, then decide.`,
  credential_page_off: () =>
    "The page for secrets is switched off, so none can be handed over. Set CREDENTIAL_PAGE_PORT, and CREDENTIAL_PAGE_URL to the https address at which people reach it, then start again.",
  handover_unknown: () => "This link is not one of yours, or does not exist. Ask for a new one with /pra credentials.",
  handover_over: (p) =>
    `This link is over${{ used: ": it was used", expired: ": its ten minutes have passed", replaced: ": a newer one took its place", codes: ": the code was wrong five times", "not-allowed": ": its person is no administrator any more", changed: ": the credential was changed in Zscaler meanwhile" }[p("why", "")] ?? ""}. Ask for a new one with /pra credentials.`,
  handover_not_opened: () =>
    "The link has not been opened yet, so there is no code. Open it first, then type the code that the page shows.",
  handover_code_wrong: (p) =>
    `This is not the code that the page shows. Look again; ${p("left", "a few")} more wrong ones at most, then the link is over.`,
  secret_missing: () => "The secret is missing. Type it, or choose the file that holds it.",
  secret_too_long: (p) => `This is longer than a secret may be here (${p("limit", "some thousand")} characters). Nothing was sent.`,
  secret_not_of_type: () => "This credential takes another kind of secret. Nothing was sent: fill in the form as it is shown.",
  key_not_understood: () =>
    "This is not a private key that can be read. Take the whole file, from its BEGIN line to its END line: PEM (PKCS #8, PKCS #1, SEC 1) or OpenSSH.",
  key_is_public: () =>
    "This is a public key or a certificate. The private key is needed: the file without .pub, with PRIVATE KEY in its first line.",
  key_passphrase_missing: () => "This private key is protected. Type its passphrase, too.",
  key_passphrase_wrong: () => "The passphrase does not open this private key. Type it again; nothing was sent.",
  key_passphrase_needless: () => "This private key has no passphrase. Leave that field empty, or choose the key that it belongs to.",
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
