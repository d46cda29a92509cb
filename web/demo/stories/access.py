"""Stories about getting in: passwords, blank screens, new people."""

from web.demo.desk import Desk, Opening, Story
from web.tickets.actions import assignment
from web.tickets.life.states import Channel
from web.tickets.record.messages import NewMessage
from web.tickets.requests.first_contact import record_contact

PASSWORD = Opening(
    "Senha do portal de conteúdo não chega no e-mail da coordenação",
    "A coordenadora pede a senha e a mensagem não chega, nem no spam.",
    ("Acesso ao portal", "Senha"),
)


async def password(desk: Desk) -> Story:
    """A conversation under way."""
    ana, bia = desk.cast.ana, desk.cast.bia
    yield 11
    number = await desk.opens(ana, PASSWORD)
    yield 10
    await desk.takes(bia, number)
    yield 9
    await desk.replies(bia, number, "Oi, Ana! Estou verificando com o provedor do e-mail e já volto.")
    yield 4
    await desk.notes(bia, number, "O domínio da escola recusa mensagens sem DMARC. Pedi o ajuste ao N2.")
    yield 3
    await desk.replies(ana, number, "Obrigada! Ela precisa entrar até sexta.")


BLANK_SCREEN = Opening(
    "Tela de notas fica em branco",
    "Ana ligou: a tela de notas abre em branco no Firefox da secretaria.",
    ("Acesso ao portal", "Erro na tela"),
    channel=Channel.PHONE,
)


async def blank_screen(desk: Desk) -> Story:
    """A telephone call in two tickets: what was said, and what is still to be done."""
    ana, bia = desk.cast.ana, desk.cast.bia
    yield 12
    request = await desk.request(BLANK_SCREEN, requester=ana.id)
    message = NewMessage("Combinamos por telefone: por enquanto use o Chrome. A correção segue com a nossa equipe.")
    await record_contact(request, message=message, handling=True, by=bia, at=desk.at)


PROFILE_PICTURE = Opening(
    "Como trocar a foto do perfil dos alunos",
    "Rui perguntou pelo WhatsApp como se troca a foto dos alunos no aplicativo.",
    ("Acesso ao portal", "Novo usuário"),
    channel=Channel.WHATSAPP,
)


async def profile_picture(desk: Desk) -> Story:
    """A question that the first contact answered."""
    rui, davi = desk.cast.rui, desk.cast.davi
    yield 21
    request = await desk.request(PROFILE_PICTURE, requester=rui.id)
    message = NewMessage(
        "A secretaria troca a foto no cadastro do aluno, no botão com o lápis. O aplicativo mostra em até uma hora."
    )
    await record_contact(request, message=message, by=davi, at=desk.at)


LOCKED_ACCOUNT = Opening(
    "Conta da biblioteca bloqueada depois de três tentativas",
    "A bibliotecária errou a senha três vezes e a conta ficou bloqueada. Ela precisa do sistema para o empréstimo.",
    ("Acesso ao portal", "Senha"),
)


LOCKED_ACCOUNT_AGAIN = Opening(
    "Conta da biblioteca bloqueou de novo",
    "Ela entrou uma vez com a senha provisória e hoje cedo a conta bloqueou de novo.",
    ("Acesso ao portal", "Senha"),
)


async def locked_account(desk: Desk) -> Story:
    """The first solution did not serve."""
    rui, bia = desk.cast.rui, desk.cast.bia
    yield 40
    number = await desk.opens(rui, LOCKED_ACCOUNT)
    yield 39
    await desk.takes(bia, number)
    yield 36
    await desk.solves(bia, number, "Desbloqueei a conta e enviei uma senha provisória para o e-mail da biblioteca.")
    yield 31
    number = await desk.objects(rui, number, LOCKED_ACCOUNT_AGAIN)
    yield 29
    await desk.takes(bia, number)
    await desk.replies(
        bia,
        number,
        "Vi as tentativas: um tablet da sala de leitura continua com a senha antiga. Podem sair da conta nele?",
    )
    yield 7
    await desk.replies(rui, number, "Achamos o tablet e saímos da conta. Pode desbloquear, por favor?")


SLOW_ATTENDANCE = Opening(
    "Lentidão no diário durante a chamada",
    "Entre 7h10 e 7h30 o diário demora mais de um minuto para abrir. Acontece em todas as salas do térreo.",
    ("Acesso ao portal", "Erro na tela"),
)


SLOW_ATTENDANCE_NOTE = (
    "Não é a integração: o servidor responde bem nesse horário. Ver a rede da escola com o Atendimento."
)


async def slow_attendance(desk: Desk) -> Story:
    """Taken, given back to the queue, and waiting for the next agent."""
    ana, davi = desk.cast.ana, desk.cast.davi
    yield 8
    number = await desk.opens(ana, SLOW_ATTENDANCE)
    yield 7
    await desk.takes(davi, number)
    yield 3.5
    await desk.does(davi, assignment.release, number, reason=SLOW_ATTENDANCE_NOTE)


HEADMISTRESS = Opening(
    "Acesso da nova diretora",
    "A diretora nova precisa de usuário no portal.",
    ("Acesso ao portal", "Novo usuário"),
)


async def headmistress(desk: Desk) -> Story:
    """Another school, that nobody of Aurora sees."""
    yield 4
    await desk.opens(desk.cast.caio, HEADMISTRESS)


STORIES = (password, blank_screen, profile_picture, locked_account, slow_attendance, headmistress)
