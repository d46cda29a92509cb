"""Messages of error pages, by the code of the error."""

from typing import NamedTuple


class ErrorPage(NamedTuple):
    """What happened, and what to do."""

    title: str
    text: str


ERROR_PAGES = {
    "not_found": ErrorPage(
        "Não encontramos esta página",
        "Ela pode ter mudado de endereço, ou não estar disponível para você. Confira o que foi digitado.",
    ),
    "malformed": ErrorPage(
        "Não entendemos este pedido", "Alguma coisa no endereço ou no formulário não está como esperamos."
    ),
    "unavailable": ErrorPage("Estamos com um problema passageiro", "Tente de novo em alguns instantes."),
    "broken": ErrorPage("Algo deu errado do nosso lado", "Já foi registrado. Se continuar, informe o código abaixo."),
    "not_permitted": ErrorPage("Você não pode fazer isto", "Esta ação não está liberada para você."),
    "not_from_here": ErrorPage(
        "O ticket mudou",
        "Ele está em outra situação e esta ação já não cabe. Abra o ticket para ver o que fazer agora.",
    ),
    "overtaken": ErrorPage("O ticket mudou", "Alguém mexeu nele antes de você. Confira como ficou e tente de novo."),
    "contradiction": ErrorPage(
        "Não foi possível gravar",
        "O pedido contradiz a situação do ticket, e nada foi alterado. Copie o que escreveu, abra o ticket e confira.",
    ),
    "throttled": ErrorPage("Muitas tentativas seguidas", "Espere um pouco e tente de novo."),
    "invalid": ErrorPage("Confira o que foi digitado", "Um dos campos não pôde ser aceito."),
    "cross_site": ErrorPage(
        "O envio veio de outro site", "Por segurança, só aceitamos o que é enviado pelas nossas páginas."
    ),
    "stale": ErrorPage(
        "Esta página ficou antiga", "Sua sessão mudou desde que ela foi aberta. Confira e envie outra vez."
    ),
    "too_long": ErrorPage("É texto demais de uma vez", "Divida em mais de uma mensagem ou envie como anexo."),
    "wrong_method": ErrorPage("Isto não se faz por aqui", "O endereço existe, mas não aceita este tipo de pedido."),
    "too_large": ErrorPage("O envio é grande demais", "Cada arquivo pode ter até 100 MB."),
    "unsupported": ErrorPage("Não entendemos este envio", "O formulário chegou num formato que não conhecemos."),
}
