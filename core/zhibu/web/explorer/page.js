// Signs in, and hands the session's token to GraphiQL. The token stays in this page's memory only.
"use strict";

const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    token
    viewer { name institution { name } }
    userErrors { message }
  }
}`;
const SIGN_OUT = "mutation SignOut { signOut(input: {}) { done } }";
const FIRST = `# 登录后按 ▶ 运行。 Sign in, then press ▶.
query Viewer {
  viewer {
    name
    institution { name }
    roles { title organizationName }
    actions
  }
}
`;

const form = document.getElementById("sign-in");
const leave = document.getElementById("sign-out");
const said = document.getElementById("said");
const root = ReactDOM.createRoot(document.getElementById("graphiql"));
const explorer = GraphiQLPluginExplorer.explorerPlugin();
let token = null;

async function ask(asked) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch("/graphql", {
    method: "POST",
    headers,
    body: JSON.stringify(asked),
    credentials: "omit",
  });
  return answer.json();
}

// Another key makes another editor: it asks for the schema that this caller may see.
function show(key) {
  root.render(
    React.createElement(GraphiQL, {
      key,
      fetcher: ask,
      plugins: [explorer],
      defaultQuery: FIRST,
      isHeadersEditorEnabled: false,
      inputValueDeprecation: true,
      shouldPersistHeaders: false,
    }),
  );
}

function tell(error) {
  said.textContent = error ? error.message || String(error) : "";
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  tell(null);
  try {
    const input = Object.fromEntries(new FormData(form));
    const { data, errors } = await ask({ query: SIGN_IN, variables: { input } });
    const found = data && data.signIn;
    const [refused] = errors || (found && found.userErrors) || [];
    if (refused) return tell(refused);
    token = found.token;
    const { name, institution } = found.viewer;
    document.getElementById("viewer").textContent = `${institution.name} · ${name}`;
    form.reset();
    form.hidden = true;
    leave.hidden = false;
    show("signed in");
  } catch (error) {
    tell(error);
  }
});

leave.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await ask({ query: SIGN_OUT });
  } catch (error) {
    tell(error);
  }
  token = null;
  leave.hidden = true;
  form.hidden = false;
  show("signed out");
});

show("signed out");
