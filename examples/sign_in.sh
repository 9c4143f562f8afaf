#!/bin/sh
# Prints a session's token. Takes ZHIBU_URL, ZHIBU_TENANT, ZHIBU_LOGIN and ZHIBU_PASSWORD.
set -eu
curl -sS --fail-with-body "$ZHIBU_URL/graphql" \
  -H 'content-type: application/json' -H 'accept-language: zh-CN' \
  -d @- <<JSON | sed -n 's/.*"token":"\([^"]*\)".*/\1/p'
{
  "query": "mutation (\$input: SignInInput!) { signIn(input: \$input) { token userErrors { message } } }",
  "variables": {"input": {"tenant": "$ZHIBU_TENANT", "login": "$ZHIBU_LOGIN", "password": "$ZHIBU_PASSWORD"}}
}
JSON
