import type { Config } from "../../config.ts";
import { PortcullisError } from "../../errors.ts";

export interface Hosts {
  /** Base of every API path, with `/zpa` where the gateway wants it, no slash at the end. */
  readonly api: string;
  /** Where a token is asked for, whole. */
  readonly token: string;
}

/** Hosts of the ZPA clouds that take a ZPA API key (ZPA, "Getting Started with ZPA API"; the vendor's SDKs agree). */
const legacyApi: ReadonlyMap<string, string> = new Map([
  ["PRODUCTION", "https://config.private.zscaler.com"],
  ["ZPATWO", "https://config.zpatwo.net"],
  ["BETA", "https://config.zpabeta.net"],
  ["GOV", "https://config.zpagov.net"],
  ["GOVUS", "https://config.zpagov.us"],
  ["PREVIEW", "https://config.zpapreview.net"],
  ["QA", "https://config.qa.zpath.net"],
  ["QA2", "https://pdx2-zpa-config.qa2.zpath.net"],
  ["DEV", "https://public-api.dev.zpath.net"],
]);

/** The one cloud whose sign-in lives apart from its API. */
const devSignIn = "https://authn1.dev.zpath.net/authn/v1/oauth/token?grant_type=CLIENT_CREDENTIALS";

/** One DNS label: what a person sets here decides which host is sent the secret. */
const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/**
 * Where the API and its sign-in are, from the settings. `apiUrl` and `authUrl` win over what the cloud says; an `authUrl`
 * without a path gets the usual one.
 *
 * @throws PortcullisError `setting_invalid` for an unknown cloud or a vanity domain that is not one DNS label; `setting_missing` when OneAPI has no vanity domain
 * @example
 * hostsOf({ auth: "oneapi", cloud: "PRODUCTION", vanityDomain: "acme", apiUrl: null, authUrl: null })
 * // { api: "https://api.zsapi.net/zpa", token: "https://acme.zslogin.net/oauth2/v1/token" }
 */
export function hostsOf(config: Pick<Config["zpa"], "auth" | "cloud" | "vanityDomain" | "apiUrl" | "authUrl">): Hosts {
  return config.auth === "legacy" ? legacyHosts(config) : oneApiHosts(config);
}

type Place = Pick<Config["zpa"], "cloud" | "vanityDomain" | "apiUrl" | "authUrl">;

function legacyHosts({ cloud, apiUrl, authUrl }: Place): Hosts {
  const name = cloud.toUpperCase();
  const api = apiUrl === null ? legacyApi.get(name) : trimSlash(apiUrl);
  if (api === undefined) throw invalid("ZPA_CLOUD", cloud);
  if (authUrl !== null) return { api, token: withPath(authUrl, "/signin") };
  return { api, token: name === "DEV" && apiUrl === null ? devSignIn : `${api}/signin` };
}

function oneApiHosts({ cloud, vanityDomain, apiUrl, authUrl }: Place): Hosts {
  const name = cloud.toLowerCase();
  if (!label.test(name)) throw invalid("ZPA_CLOUD", cloud);
  const api = apiUrl === null ? oneApiGateway(name) : trimSlash(apiUrl);
  return { api: `${api}/zpa`, token: authUrl === null ? identityToken(name, vanityDomain) : withPath(authUrl, "/oauth2/v1/token") };
}

function oneApiGateway(cloud: string): string {
  switch (cloud) {
    case "production":
      return "https://api.zsapi.net";
    case "gov":
      return "https://api.zscalergov.net";
    case "govus":
      return "https://api.zscalergov.us";
    default:
      return `https://api.${cloud}.zsapi.net`;
  }
}

function identityToken(cloud: string, vanityDomain: string | null): string {
  if (vanityDomain === null) throw new PortcullisError("setting_missing", { params: { setting: "ZPA_VANITY_DOMAIN" } });
  const vanity = vanityDomain.toLowerCase();
  if (!label.test(vanity)) throw invalid("ZPA_VANITY_DOMAIN", vanityDomain);
  return `https://${vanity}.${identityDomain(cloud)}/oauth2/v1/token`;
}

function identityDomain(cloud: string): string {
  switch (cloud) {
    case "production":
      return "zslogin.net";
    case "gov":
      return "zidentitygov.net";
    case "govus":
      return "zidentitygov.us";
    default:
      return `zslogin${cloud}.net`;
  }
}

const trimSlash = (url: string): string => url.replace(/\/+$/, "");

function withPath(url: string, path: string): string {
  const { pathname } = new URL(url);
  return pathname === "/" ? `${trimSlash(url)}${path}` : url;
}

const invalid = (setting: string, value: string): PortcullisError =>
  new PortcullisError("setting_invalid", { params: { setting, reason: `“${value}” is not known` } });
