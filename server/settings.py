"""Settings from the environment and `.env`; every one is described in the README."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parents[1]
PerhapsPath = Annotated[Path | None, BeforeValidator(lambda given: given or None)]
"""Empty: none."""
_SITE = r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:(\d{1,5}|\*))?"
"""An origin as browsers write it, `https://www.example.gov.cn` or `https://*.example.gov.cn`; no slash at its end."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="WENBAN_",
        env_file=ROOT / ".env",
        extra="ignore",
        hide_input_in_errors=True,  # a key that is mistyped is a key all the same
    )

    host: str = Field("127.0.0.1", description="where the service listens")
    port: int = Field(8000, ge=0, le=65535, description="where the service listens")
    actions_port: int = Field(5055, ge=0, le=65535, description="loopback port on which Rasa calls the actions")
    rasa_url: str = Field("http://127.0.0.1:5005", description="where Rasa listens")
    rasa_timeout_ms: int = Field(
        1300, ge=100, le=10_000, description="how long Rasa may think before search answers alone"
    )
    rasa_at_once: int = Field(4, ge=1, le=64, description="how many messages Rasa has in work at a time")
    rasa_line: int = Field(
        100, ge=0, le=1000, description="how many messages may wait for Rasa; above, search answers alone"
    )
    database_url: str = Field("", description="SQLAlchemy URL; empty: an SQLite file under `var/`")
    redis_url: str = Field("", description="Rasa's lock store, for several nodes; unset for one")
    embedding_model: str = Field(
        "", description="sentence-transformers model instead of both shipped ones: name or folder"
    )
    region: str = Field("990100", description="region code that speaks where the citizen named none")
    rate_per_visitor: int = Field(30, ge=1, description="messages a minute from one visitor")
    rate_per_address: int = Field(1200, ge=1, description="requests a minute from one network address")
    bookings_per_address: int = Field(
        20, ge=0, description="places taken a day from one network address before a proof is asked for"
    )
    sms_url: str = Field(
        "", pattern=r"^$|^print:$|^https?://", description="where codes by phone are posted; empty: a puzzle instead"
    )
    public_url: str = Field(
        "http://127.0.0.1:8000",
        pattern=r"^https?://[^\s?#]+$",
        description="how the outside reaches the service: links and cards on WeChat, QR codes, OAuth2",
    )
    wechat_token: str = Field(
        "", repr=False, description="the official account's token; empty: the WeChat door is closed"
    )
    wechat_app_id: str = Field("", description="the official account's AppID; empty: the WeChat door is closed")
    wechat_secret: str = Field(
        "", repr=False, description="the official account's AppSecret; empty: the WeChat door is closed"
    )
    wechat_aes_key: str = Field(
        "", pattern=r"^([A-Za-z0-9+/]{43})?$", repr=False, description="EncodingAESKey; empty: plain messages alone"
    )
    wechat_aes_key_previous: str = Field(
        "", pattern=r"^([A-Za-z0-9+/]{43})?$", repr=False, description="the EncodingAESKey that was in use before"
    )
    wechat_safe_mode: bool = Field(
        False, description="the account is in safe mode (安全模式): a message that is not encrypted is refused"
    )
    wechat_api: str = Field(
        "https://api.weixin.qq.com",
        pattern=r"^https?://[^\s?#]+$",
        description="root of WeChat's API; a stand-in on loopback for tests",
    )
    wechat_templates: PerhapsPath = Field(
        None, description="file that says which template of the account tells which notice; empty: none does"
    )
    trusted_proxies: str = Field("", description="addresses of reverse proxies whose X-Forwarded-For counts, by comma")
    widget_sites: str = Field(
        "",
        pattern=rf"^({_SITE}(\s*,\s*{_SITE})*)?$",
        description="origins whose pages may embed the widget, by comma; empty: none but our own",
    )
    streams_per_address: int = Field(200, ge=1, description="open streams from one network address")
    visitor_days: int = Field(180, ge=1, description="days without use after which a visitor is no longer known")
    metrics_token: str = Field("", description="`/metrics` answers loopback, and elsewhere with this bearer token")
    secret_key: str = Field("", description="signs visitor tokens; empty: generated into `var/` on first run")
    secret_key_previous: str = Field(
        "", description="the secret that was in use before: what it sealed still opens, and visitors stay known"
    )
    admin_password: str = Field(
        "", description="password of the first staff account, `admin`; empty: generated and printed once on first run"
    )
    kiosk_key: str = Field(
        "",
        pattern=r"^([!-~]{8,200})?$",
        description="what a kiosk shows to give tickets; empty: generated into `var/` and printed once on first run",
    )
    checkin_minutes: int = Field(
        60, ge=1, le=1440, description="how long before the booked time citizens can check in, in minutes"
    )
    test_clock: PerhapsPath = Field(
        None, description="for tests: a file with the moment (ISO 8601) that the service takes for now"
    )
    secure_cookies: bool = Field(False, description="mark the page's cookie Secure: switch on behind HTTPS")
    var: Path = Field(ROOT / "var", description="folder for everything the running service writes")

    @property
    def sqlalchemy_url(self) -> str:
        return self.database_url or f"sqlite:///{self.var / 'wenban.sqlite3'}"

    @property
    def has_wechat(self) -> bool:
        """The WeChat door is open."""
        return bool(self.wechat_token and self.wechat_app_id and self.wechat_secret)

    @property
    def sites_with_widget(self) -> tuple[str, ...]:
        return tuple(filter(None, (site.strip() for site in self.widget_sites.split(","))))
