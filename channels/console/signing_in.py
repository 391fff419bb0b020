"""A password, a session, and how often a password may be tried: for the counter and the console alike.

`/api/counter/login`, `/logout` and `/me` are the counter's own doors to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from channels.addresses import address_of
from channels.console.devices import KnownDevices
from channels.console.inputs import LoginIn
from channels.console.passwords import PasswordCheck
from channels.console.staff import StaffDesk
from channels.console.whereabouts import KnownAddresses
from channels.guesses import Count, Guesses, Pace
from channels.own_page import is_own_page
from channels.refusals import Refusal, refusals

# By the hour a password can be guessed about as often as NIST SP 800-63B lets it be guessed at all (100 times). The
# wider the count, the faster its pace: guesses at one account leave its address, and guesses from one address leave the
# account, room for others. Thirty at once: so many clerks may begin their day together. Nobody is refused for what
# other addresses tried at the account: those counts make wait.
AT_ONCE = Pace("an account from an address, now", 30, 3)
BY_THE_HOUR = Pace("an account from an address", 100, 36)
OF_ACCOUNT = Pace("an account from everywhere", 200, 18, refuses=False)
OF_ADDRESS = Pace("every account from an address", 100, 10)
DEVICE_AT_ONCE = Pace("an account on its device, now", 10, 3)
DEVICE_BY_THE_HOUR = Pace("an account on its device", 100, 36)
OF_DEVICES = Pace("an account on all its devices", 200, 18, refuses=False)


@dataclass(frozen=True)
class SigningIn:
    check: PasswordCheck
    staff: StaffDesk
    devices: KnownDevices
    guesses: Guesses
    addresses: KnownAddresses = field(default_factory=KnownAddresses)

    async def enter(self, request: Request, name: str, password: str, code: str) -> str | None:
        """The mark for a new session; None: something is wrong, and nobody is told what. Refuses (429) for haste."""
        device, address = self.devices.recognise(request, name), address_of(request)
        async with self.guesses.guess(*_counts(name, request, device)) as guess:
            mark = None
            if name.isprintable():  # no database is asked for what it cannot keep
                mark = await self.check.accepts(
                    name,
                    password,
                    is_known_device=device is not None,
                    code=code,
                    address=address,
                    is_known_address=self.addresses.has(name, address),
                )
            guess.is_wrong = mark is None
        return mark

    async def confirms(self, request: Request, name: str, password: str) -> bool:
        """Whoever sits there signed in is she herself. Counted like any other guess."""
        async with self.guesses.guess(*_counts(name, request, self.devices.recognise(request, name))) as guess:
            is_hers = await self.check.is_password(name, password)
            guess.is_wrong = not is_hers
        return is_hers

    def seat(self, request: Request, response: Response, name: str, mark: str) -> None:
        self.staff.sign_in(response, name, mark)
        self.devices.remember(request, response, name)
        self.addresses.remember(name, address_of(request))


def make_signing_in_router(signing_in: SigningIn) -> APIRouter:
    """Before the counters' routers, where any word can be an office."""
    router = APIRouter(prefix="/api/counter", tags=["counter"], responses=refusals({422: "invalid_input"}))
    staff = signing_in.staff

    @router.post("/login", responses=refusals({401: "wrong_password", 429: "too_many_requests"}))
    async def login(body: LoginIn, request: Request) -> Response:
        if not is_own_page(request):
            raise _wrong()
        mark = await signing_in.enter(request, body.name, body.password, body.code)
        if mark is None:
            raise _wrong()
        response = JSONResponse({"name": body.name})
        signing_in.seat(request, response, body.name, mark)
        return response

    @router.post("/logout", responses=refusals({401: "not_signed_in"}))
    def logout(clerk: str = Depends(staff.require)) -> Response:
        """Ends every session of the account."""
        response = JSONResponse({"name": clerk})
        staff.sign_out(response, clerk)
        return response

    @router.get("/me", responses=refusals({401: "not_signed_in"}))
    def who(clerk: str = Depends(staff.require)) -> dict[str, str]:
        return {"name": clerk}

    return router


def _counts(name: str, request: Request, device: str | None) -> tuple[Count, ...]:
    if device:
        return (
            Count(DEVICE_AT_ONCE, f"{device} {name}"),
            Count(DEVICE_BY_THE_HOUR, f"{device} {name}"),
            Count(OF_DEVICES, name),
        )
    address = address_of(request)
    return (
        Count(AT_ONCE, f"{address} {name}"),
        Count(BY_THE_HOUR, f"{address} {name}"),
        Count(OF_ACCOUNT, name),
        Count(OF_ADDRESS, address),
    )


def _wrong() -> Refusal:
    return Refusal(401, "wrong_password", "账号、密码或动态码不对，请核对后再试。")
