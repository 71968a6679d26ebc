"""A browser on the phone of a test's office, run by name inside its namespace: what it saw, as one JSON line.

python -m tests.support.phone https://10.77.0.1:8443 budi rahasia
"""

from __future__ import annotations

import json
import os
import sys

from playwright.sync_api import Error, sync_playwright


def main(url: str, username: str, password: str) -> dict:
    """Open the sign-in page and sign in; `refused` is the browser's own word when it does not trust."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ["BERSINAR_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID")
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        try:
            page.goto(f"{url}/akun/masuk/")
        except Error as error:
            return {"refused": error.message.splitlines()[0]}
        page.get_by_label("Nama pengguna").fill(username)
        page.get_by_label("Kata sandi").fill(password)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_load_state()
        cookies = {cookie["name"]: cookie["secure"] for cookie in context.cookies()}
        found = {
            "url": page.url,
            "secure": page.evaluate("isSecureContext"),
            "cookies": cookies,
            "said": said,
        }
        browser.close()
        return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])) + "\n")
