"""The forms that ask for a one-time link, and where somebody is signed in."""

from typing import NamedTuple

from web.people.one_time_links import Purpose


class LinkForm(NamedTuple):
    """The words of a form."""

    title: str
    text: str
    button: str


LINK_FORMS = {
    Purpose.SIGN_UP: LinkForm(
        "Cadastre-se",
        "Mandamos uma mensagem para confirmar o seu e-mail; nela você cria a sua senha.",
        "Cadastrar",
    ),
    Purpose.PASSWORD: LinkForm(
        "Crie uma senha",
        "Serve para quem já abriu tickets e ainda não tem senha, e para quem a esqueceu. "
        "Mandamos por e-mail um link para criar uma nova.",
        "Receber o link",
    ),
    Purpose.SIGN_IN: LinkForm(
        "Entrar com um link", "Mandamos por e-mail um link que vale por 30 minutos.", "Receber o link"
    ),
}

ON = " em "
"""Between browser and system: Firefox em Linux."""
