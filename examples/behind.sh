#!/bin/sh
# Who will miss the year's hours in the organizations where the caller holds a role, why, and on
# what basis. Takes ZHIBU_URL, ZHIBU_TOKEN (see sign_in.sh) and the year.
set -eu
year=${1:-$(date +%Y)}

ask() {
  curl -sS --fail-with-body "$ZHIBU_URL/graphql" \
    -H 'content-type: application/json' -H "authorization: Bearer $ZHIBU_TOKEN" -d "$1"
}

ask '{"query": "{ viewer { roles { organization organizationName } } }"}' |
  grep -o '"organization":"[^"]*"' | cut -d '"' -f 4 | sort -u |
  while read -r organization; do
    ask '{
      "query": "query ($organization: ID!, $year: Int!) { educationBehind(organization: $organization, year: $year, first: 50) { totalCount nodes { name organization { name } education(year: $year) { required earned projected reason basis } } } }",
      "variables": {"organization": "'"$organization"'", "year": '"$year"'}
    }'
    echo
  done
