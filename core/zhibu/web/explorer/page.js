// Signs in, and hands the session's token to GraphiQL. The token stays in this page's memory only.
"use strict";

const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    token
    pending
    viewer { name institution { name } }
    userErrors { message }
  }
}`;
const CONFIRM = `mutation Confirm($input: SignInConfirmInput!) {
  signInConfirm(input: $input) {
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
const second = document.getElementById("confirm");
const leave = document.getElementById("sign-out");
const said = document.getElementById("said");
const root = ReactDOM.createRoot(document.getElementById("graphiql"));
const explorer = GraphiQLPluginExplorer.explorerPlugin();
let token = null;
let pending = null;

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

// Another key makes another editor: it asks for the schema that this caller may see. What was
// asked, and its variables, stays in this page too.
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
      storage: null,
    }),
  );
}

function tell(error) {
  said.textContent = error ? error.message || String(error) : "";
}

// One step of signing in; the second one only for whoever has a second factor.
async function step(query, name, input) {
  tell(null);
  try {
    const { data, errors } = await ask({ query, variables: { input } });
    const found = data && data[name];
    const [refused] = errors || (found && found.userErrors) || [];
    if (refused) return tell(refused);
    form.reset();
    second.reset();
    form.hidden = true;
    pending = found.pending;
    second.hidden = !pending;
    if (pending) return second.elements.code.focus();
    token = found.token;
    const { name: person, institution } = found.viewer;
    document.getElementById("viewer").textContent = `${institution.name} · ${person}`;
    leave.hidden = false;
    show("signed in");
  } catch (error) {
    tell(error);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  step(SIGN_IN, "signIn", Object.fromEntries(new FormData(form)));
});

second.addEventListener("submit", (event) => {
  event.preventDefault();
  const { code } = Object.fromEntries(new FormData(second));
  step(CONFIRM, "signInConfirm", { pending, code });
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
