"""`/api/counter/login`, `/logout` and `/me`: a password, a session, and how often a password may be tried."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from channels.addresses import address_of
from channels.console.devices import KnownDevices
from channels.console.inputs import LoginIn
from channels.console.passwords import PasswordCheck
from channels.console.staff import StaffDesk
from channels.guesses import Count, Guesses, Pace
from channels.own_page import is_own_page
from channels.refusals import Refusal, refusals

# By the hour a password can be guessed about as often as NIST SP 800-63B lets it be guessed at all (100 times). The
# wider the count, the faster its pace: guesses at one account leave its address, and guesses from one address leave the
# account, room for others. Thirty at once: so many clerks may begin their day together.
AT_ONCE = Pace("an account from an address, now", 30, 3)
BY_THE_HOUR = Pace("an account from an address", 100, 36)
OF_ACCOUNT = Pace("an account from everywhere", 200, 18)
OF_ADDRESS = Pace("every account from an address", 100, 10)
DEVICE_AT_ONCE = Pace("an account on its device, now", 10, 3)
DEVICE_BY_THE_HOUR = Pace("an account on its device", 100, 36)
OF_DEVICES = Pace("an account on all its devices", 200, 18)


def make_signing_in_router(
    check: PasswordCheck, staff: StaffDesk, devices: KnownDevices, guesses: Guesses
) -> APIRouter:
    """Before the counters' routers, where any word can be an office."""
    router = APIRouter(prefix="/api/counter", tags=["counter"], responses=refusals({422: "invalid_input"}))

    @router.post("/login", responses=refusals({401: "wrong_password", 429: "too_many_requests"}))
    async def login(body: LoginIn, request: Request) -> Response:
        if not is_own_page(request):
            raise _wrong()
        device = devices.recognise(request, body.name)
        async with guesses.guess(*_counts(body.name, request, device)) as guess:
            mark = await check.accepts(body.name, body.password, is_known_device=device is not None)
            if mark is None:
                guess.is_wrong = True
                raise _wrong()
        response = JSONResponse({"name": body.name})
        staff.sign_in(response, body.name, mark)
        devices.remember(request, response, body.name)
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
    return Refusal(401, "wrong_password", "账号或密码不对，请核对后再试。")
