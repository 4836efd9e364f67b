"""Texts with secrets and texts without. Secrets are put together here, so that no scanner takes this for a leak."""

import base64
import json
import random
import string

LETTERS = string.ascii_letters + string.digits
HEX = "0123456789abcdef"


def word(length, alphabet=LETTERS, seed=0):
    made = random.Random(seed)
    return "".join(made.choice(alphabet) for _ in range(length - 2)) + "a7"  # letters and digits for certain


def token(head, *part):
    """A token whose head alone is no token."""
    return head + word(*part)


def jwt():
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "1234567890", "name": "Ada"})
    coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*coded, word(43)])


def private_key(newline="\n", sign=""):
    body = newline.join(sign + word(64, seed=line) for line in range(3))
    return newline.join(
        [f"{sign}-----BEGIN RSA PRI" + "VATE KEY-----", body, f"{sign}-----END RSA PRI" + "VATE KEY-----"]
    )


ISSUED = {
    "Amazon": token("AK" + "IA", 16, string.ascii_uppercase).replace("a7", "Q7"),
    "GitHub": token("gh" + "p_", 36),
    "GitHub, fine-grained": token("github" + "_pat_", 60),
    "GitLab": token("glp" + "at-", 20),
    "Hugging Face": token("h" + "f_", 34),
    "OpenAI": token("s" + "k-proj-", 48),
    "OpenAI, old": token("s" + "k-", 48),
    "Anthropic": token("s" + "k-ant-", 80),
    "Google": token("AI" + "za", 35),
    "Google OAuth": token("ya" + "29.", 60),
    "Slack": token("xo" + "xb-", 40, string.digits).replace("a7", "77"),
    "Stripe": token("sk" + "_live_", 24),
    "npm": token("np" + "m_", 36),
    "PyPI": token("py" + "pi-AgEIcHlwaS5vcmc", 120),
    "SendGrid": token("S" + "G.", 22) + "." + word(43),
    "Databricks": token("da" + "pi", 32, HEX),
    "DigitalOcean": token("do" + "p_v1_", 64, HEX),
    "Replicate": token("r" + "8_", 37),
    "Groq": token("gs" + "k_", 52),
    "Shopify": token("sh" + "pat_", 32, HEX),
    "Vault": token("hv" + "s.", 30),
    "web token": jwt(),
    "Neptune": "ey" + "JhcGlfYWRkcmVzcyI6" + word(60),
    "Telegram": "123456789:A" + "A" + word(33),
}
"""Service -> a token as it issues them."""

HIDDEN = word(24, seed=7)
"""What must not be seen in `ASSIGNED`."""
ASSIGNED = [
    f'api_key = "{HIDDEN}"',
    f"API_KEY={HIDDEN}",
    f"export WANDB_API_KEY={HIDDEN}",
    f'{{"password": "{HIDDEN}", "user": "ada"}}',
    f"client_secret: '{HIDDEN}'",
    f"  hf_token: {HIDDEN}",
    f'os.environ["HF_TOKEN"] = "{HIDDEN}"',
    f'def connect(password: str = "{HIDDEN}"):',
    f"Authorization: Bearer {HIDDEN}",
    f"curl -H 'Authorization: Basic {HIDDEN}'",
    f"curl -H 'X-Api-Key: {HIDDEN}'",
    f"bearer {HIDDEN}",
    f"postgresql://ada:{HIDDEN}@db.example.org/runs",
    f"git clone https://{HIDDEN}@example.org/a.git",
    f"https://hooks.slack.com/services/T000/B000/{HIDDEN}",
    f"secretKey='{HIDDEN}'",
    f'access-token => "{HIDDEN}"',
]
"""Lines of code, configuration and console that say a secret."""

INNOCENT = [
    "epoch 3: 12345 tokens/s, loss 0.123",
    "tokenizer = AutoTokenizer.from_pretrained(name)",
    "token = tokenizer.encode(text)[0]",
    'tokenizer.add_special_tokens({"pad_token": "<pad>", "eos_token": "</s>"})',
    'parser.add_argument("--token-dim", type=int, default=512)',
    "max_tokens=2048, num_tokens: 10000000",
    'token: "hello", next_token: "world12"',
    "for key, value in sorted(config.items()):",
    'key = "validation/accuracy2"',
    "sort_key: validation_loss_2",
    'api_key = os.environ["OPENAI_API_KEY"]',
    "password = getpass.getpass()",
    'password = "${DB_PASSWORD}"',
    "secret = config.secret",
    "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "https://example.org/a/b?c=d#e",
    "ssh://git@example.org/a.git",
    "git@example.org:a/b.git",
    "author: Ada Lovelace, authors=['A. Lovelace']",
    "monkey=banana12 keyboard: qwerty123 turkey = 'bird1234'",
    "the bearer of this message",
    "attention.key.weight torch.Size([512, 512])",
    "self.key_proj = nn.Linear(dim, dim)",
    "secrets.token_hex(16)",
    "sk-learn, risk-averse-optimisation-of-many-things",
    "class SecretSanta(Model): pass",
]
"""Lines of training that no rule may touch."""
